import { requestFactorReset } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from './actors.ts'
import type { Actor } from './actors.ts'
import { failure } from './raw-call.ts'
import { giveSecondFactor, startLogin } from './second-factor.ts'

interface NewFactorReset {
  secret: string
  /** The pending log-in of its user. */
  pending: string
}

/** Requests a factor reset as the operator does, for a new user who has given the password. */
export async function newFactorReset(app: TestApp, { isDue = true } = {}): Promise<NewFactorReset> {
  const { id, username } = await newUser(app)
  await giveSecondFactor(app, id)
  const outcome = await requestFactorReset(app.services, username)
  if (!outcome.ok) throw new Error('No factor reset was requested.')
  if (isDue) {
    await app.services.db.write((tx) =>
      tx
        .updateTable('factor_resets')
        .set({ effective_at: app.clock.now() })
        .where('user_id', '=', id)
        .execute(),
    )
  }
  const pending = await startLogin(app, { username, password })
  return { secret: secretIn(outcome.value.link), pending }
}

/** Returns the secret of a link, which is its fragment. */
export function secretIn(link: string): string {
  const [, secret = ''] = link.split('#')
  return secret
}

/** Requests a reset as an admin, and returns the secret of its link. */
export async function requestReset({ api }: Pick<Actor, 'api'>, id: string): Promise<string> {
  return secretIn((await api.users.resetFactors.mutate({ id })).link)
}

/** Logs in by the password and the link, in a new browser. */
export async function logInByLink(
  app: TestApp,
  secret: string,
  user: { username: string; password: string },
) {
  const api = app.newClient()
  await api.auth.login.mutate(user)
  return { api, failed: await failure(api.auth.completeFactorReset.mutate({ secret })) }
}

export const resetsIn = (app: TestApp) =>
  app.services.db.read.selectFrom('factor_resets').selectAll().execute()
