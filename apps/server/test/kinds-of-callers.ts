import { sudoWindowMs } from '@latchkey/contract'

import type { TestApp } from '../src/testing/test-app.ts'
import type { Path } from './procedure-types.ts'
import { call } from './procedures.ts'
import { reasonIn } from './raw-call.ts'
import { validInput } from './valid-inputs.ts'
import { newAdministrator, newUser, type Visitor } from './visitors.ts'

/** A server, and an administrator on it who is not the one that is tried out: none of them is the last. */
export interface Ground {
  app: TestApp
  root: Visitor
}

export interface KindOfCaller {
  signsIn(app: TestApp): Promise<Visitor>
  sendsNoCookie?: true
  /** The note and the session that the call names are somebody else's. */
  namesForeignRows?: true
  /** What happens after everything is prepared, right before the call. */
  meanwhile?(ground: Ground, caller: Visitor): Promise<void>
}

const dayMs = 24 * 60 * 60_000
const letTheProofAge = async ({ app }: Ground) => app.clock.advance(sudoWindowMs + 60_000)

/** The columns of the access matrix. */
export const kindsOfCallers: Record<string, KindOfCaller> = {
  anonymous: { signsIn: newUser, sendsNoCookie: true },
  'session over': { signsIn: newUser, meanwhile: async ({ app }) => app.clock.advance(dayMs) },
  disabled: {
    signsIn: newUser,
    meanwhile: async ({ root }, { id }) => {
      await root.api.users.setDisabled.mutate({ id, disabled: true })
    },
  },
  user: { signsIn: newUser },
  'user, not theirs': { signsIn: newUser, namesForeignRows: true },
  'user, 11 minutes': { signsIn: newUser, meanwhile: letTheProofAge },
  admin: { signsIn: newAdministrator },
  'admin, not theirs': { signsIn: newAdministrator, namesForeignRows: true },
  'admin, 11 minutes': { signsIn: newAdministrator, meanwhile: letTheProofAge },
}

/** Lets somebody new of this kind make one call that nothing is wrong with. @returns `ok`, or the reason why not */
export async function outcomeOf(ground: Ground, path: Path, kind: KindOfCaller): Promise<string> {
  const { app } = ground
  const caller = await kind.signsIn(app)
  const owner = kind.namesForeignRows ? await newUser(app) : caller
  const input = await validInput(path, { app, caller, owner })
  await kind.meanwhile?.(ground, caller)
  const answer = await call(app.url, path, input, kind.sendsNoCookie ? undefined : caller.cookie)
  return reasonIn(answer) ?? (answer.status === 200 ? 'ok' : `status ${answer.status}`)
}
