import { roles, sudoWindowMs } from '@app/contract'
import type { Role } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from './actors.ts'
import type { CookieActor } from './actors.ts'
import type { Path } from './procedure-types.ts'
import { call } from './procedures.ts'
import { reasonIn } from './raw-call.ts'
import { validInput } from './valid-inputs.ts'

/** A server with an admin who is not under test, so that no tested admin is the last one. */
export interface Ground {
  app: TestApp
  root: CookieActor
}

export interface KindOfCaller {
  signsIn(app: TestApp): Promise<CookieActor>
  sendsNoCookie?: true
  /** The rows that the call names are another user's. */
  namesForeignRows?: true
  /** Runs right before the call. */
  meanwhile?(ground: Ground, caller: CookieActor): Promise<void>
}

/** A new account with the role, signed in. */
async function memberOf(role: Role, app: TestApp): Promise<CookieActor> {
  if (role === 'admin') return newAdmin(app)
  const member = await newUser(app)
  if (role === 'user') return member
  // The admin's password proof may be too old.
  const { api } = await newAdmin(app)
  await api.users.setRole.mutate({ id: member.id, role })
  return member
}

/** Returns the columns of one role; a new role of the contract gets its own. */
function columnsOf(role: Role): [name: string, KindOfCaller][] {
  const signsIn = (app: TestApp) => memberOf(role, app)
  return [
    [role, { signsIn }],
    [`${role}, not theirs`, { signsIn, namesForeignRows: true }],
    [`${role}, 11 minutes`, { signsIn, meanwhile: letTheProofAge }],
  ]
}

const dayMs = 24 * 60 * 60_000
const letTheProofAge = async ({ app }: Ground) => app.clock.advance(sudoWindowMs + 60_000)

/** The columns of the access matrix. */
export const kindsOfCallers: Record<string, KindOfCaller> = {
  anonymous: { signsIn: newUser, sendsNoCookie: true },
  'session over': {
    signsIn: newUser,
    meanwhile: async ({ app }) => app.clock.advance(dayMs),
  },
  disabled: {
    signsIn: newUser,
    meanwhile: async ({ root }, { id }) => {
      await root.api.users.setDisabled.mutate({ id, disabled: true })
    },
  },
  ...Object.fromEntries(roles.flatMap(columnsOf)),
}

/**
 * Makes one valid call as a new caller of this kind.
 * @returns `ok`, or the reason of the failure
 */
export async function outcomeOf(ground: Ground, path: Path, kind: KindOfCaller): Promise<string> {
  const { app } = ground
  const caller = await kind.signsIn(app)
  const owner = kind.namesForeignRows ? await newUser(app) : caller
  const input = await validInput(path, { app, caller, owner })
  await kind.meanwhile?.(ground, caller)
  const answer = await call(app.url, path, input, kind.sendsNoCookie ? undefined : caller.cookie)
  return reasonIn(answer) ?? (answer.status === 200 ? 'ok' : `status ${answer.status}`)
}
