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
export interface CallerSetup {
  app: TestApp
  root: CookieActor
}

export interface CallerKind {
  createCaller(app: TestApp): Promise<CookieActor>
  sendsNoCookie?: true
  /** The input names rows of another user. */
  targetsForeignRows?: true
  /** Runs right before the call: ends the session, for example. */
  beforeCall?(setup: CallerSetup, caller: CookieActor): Promise<void>
}

/** Creates an account with the role and logs it in. */
async function userWithRole(role: Role, app: TestApp): Promise<CookieActor> {
  if (role === 'admin') return newAdmin(app)
  const user = await newUser(app)
  if (role === 'user') return user
  // A new admin, because the sudo time of the first one may be over.
  const { api } = await newAdmin(app)
  await api.users.setRole.mutate({ id: user.id, role })
  return user
}

/** Returns the columns of one role; a new role of the contract gets its own. */
function columnsForRole(role: Role): [name: string, CallerKind][] {
  const createCaller = (app: TestApp) => userWithRole(role, app)
  return [
    [role, { createCaller }],
    [`${role}, not theirs`, { createCaller, targetsForeignRows: true }],
    [`${role}, 11 minutes`, { createCaller, beforeCall: expireSudo }],
  ]
}

const dayMs = 24 * 60 * 60_000
const expireSudo = async ({ app }: CallerSetup) => app.clock.advance(sudoWindowMs + 60_000)

/** The columns of the access matrix, by title. */
export const callerKinds: Record<string, CallerKind> = {
  anonymous: { createCaller: newUser, sendsNoCookie: true },
  'session over': {
    createCaller: newUser,
    beforeCall: async ({ app }) => app.clock.advance(dayMs),
  },
  disabled: {
    createCaller: newUser,
    beforeCall: async ({ root }, { id }) => {
      await root.api.users.setDisabled.mutate({ id, disabled: true })
    },
  },
  ...Object.fromEntries(roles.flatMap(columnsForRole)),
}

/**
 * Makes one valid call as a new caller of this kind, after its `beforeCall`.
 * @returns `ok`, or the reason of the failure
 */
export async function callAs(setup: CallerSetup, path: Path, kind: CallerKind): Promise<string> {
  const { app } = setup
  const caller = await kind.createCaller(app)
  const owner = kind.targetsForeignRows ? await newUser(app) : caller
  const input = await validInput(path, { app, caller, owner })
  await kind.beforeCall?.(setup, caller)
  const answer = await call(app.url, path, input, kind.sendsNoCookie ? undefined : caller.cookie)
  return reasonIn(answer) ?? (answer.status === 200 ? 'ok' : `status ${answer.status}`)
}
