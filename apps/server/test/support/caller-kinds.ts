import { roles, sudoWindowMs, tokenScopes } from '@app/contract'
import type { Role } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from './actors.ts'
import type { CookieActor } from './actors.ts'
import { giveToken } from './give-token.ts'
import type { TokenOptions } from './give-token.ts'
import type { Path } from './procedure-types.ts'
import { call } from './procedures.ts'
import { reasonIn } from './raw-call.ts'
import type { Credentials } from './raw-call.ts'
import { giveSecondFactor, raiseSessions, startLogin } from './second-factor.ts'
import { validInput } from './valid-inputs.ts'

/** A server with an admin who is not under test, so that no tested admin is the last one. */
export interface CallerSetup {
  app: TestApp
  root: CookieActor
}

export interface CallerKind {
  createCaller(app: TestApp): Promise<CookieActor>
  sendsNoCookie?: true
  /** The server requires a second factor of admins. */
  requiresAdminFactor?: true
  /** Access tokens of admins may do what only admins may. */
  allowsAdminTokens?: true
  /** Returns what to send instead of the session's cookie. */
  credentialsOf?(app: TestApp, caller: CookieActor): Promise<Credentials>
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
    [`${role}, level 1`, { createCaller, beforeCall: ({ app }, { id }) => addFactor(app, id) }],
    [`${role}, level 2`, { createCaller, beforeCall: ({ app }, { id }) => raiseSessions(app, id) }],
  ]
}

const dayMs = 24 * 60 * 60_000
const expireSudo = async ({ app }: CallerSetup) => app.clock.advance(sudoWindowMs + 60_000)

async function addFactor(app: TestApp, userId: string): Promise<void> {
  await giveSecondFactor(app, userId)
}

/** Logs in as far as the second factor. */
async function pendingCookie(app: TestApp, { id, username }: CookieActor): Promise<string> {
  await giveSecondFactor(app, id)
  return startLogin(app, { username, password })
}

/** Sends an access token of the caller; by default with all scopes. */
function tokenWith(options: Partial<TokenOptions>) {
  return async (app: TestApp, { id }: CookieActor): Promise<Credentials> =>
    giveToken(app, id, { scopes: tokenScopes, ...options })
}

async function tokenAndCookie(app: TestApp, { id, cookie }: CookieActor): Promise<Credentials> {
  return { ...(await giveToken(app, id, { scopes: tokenScopes })), cookie }
}

/** The columns of the access matrix, by title. */
export const callerKinds: Record<string, CallerKind> = {
  anonymous: { createCaller: newUser, sendsNoCookie: true },
  'pending log-in': { createCaller: newUser, credentialsOf: pendingCookie },
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
  'admin, factor required': { createCaller: newAdmin, requiresAdminFactor: true },
  'token, no scope': { createCaller: newUser, credentialsOf: tokenWith({ scopes: [] }) },
  'token, expired': { createCaller: newUser, credentialsOf: tokenWith({ expiresInMs: 0 }) },
  'token + cookie': { createCaller: newUser, credentialsOf: tokenAndCookie },
  'token, user': { createCaller: newUser, credentialsOf: tokenWith({}), allowsAdminTokens: true },
  'token, not theirs': { createCaller: newUser, credentialsOf: tokenWith({}), targetsForeignRows: true },
  'token, admin': { createCaller: newAdmin, credentialsOf: tokenWith({}), allowsAdminTokens: true },
  'token, admin, off': { createCaller: newAdmin, credentialsOf: tokenWith({}) },
  'token, admin, factor required': {
    createCaller: newAdmin,
    credentialsOf: tokenWith({}),
    allowsAdminTokens: true,
    requiresAdminFactor: true,
  },
  'token, level 2, factor required': {
    createCaller: newAdmin,
    credentialsOf: tokenWith({ level: 2 }),
    beforeCall: ({ app }, { id }) => addFactor(app, id),
    allowsAdminTokens: true,
    requiresAdminFactor: true,
  },
}

/** Makes a call and returns its outcome. */
export type SendCall = (
  app: TestApp,
  path: Path,
  input: object,
  credentials: Credentials | undefined,
) => Promise<string>

/** @returns `ok`, or the reason of the failure */
const sendByTrpc: SendCall = async (app, path, input, credentials) => {
  const answer = await call(app.url, path, input, credentials)
  return reasonIn(answer) ?? (answer.status === 200 ? 'ok' : `status ${answer.status}`)
}

/**
 * Makes one valid call as a new caller of this kind, after its `beforeCall`.
 * @returns the outcome of `send`
 */
export async function callAs(
  setup: CallerSetup,
  path: Path,
  kind: CallerKind,
  send: SendCall = sendByTrpc,
): Promise<string> {
  const { app } = setup
  const caller = await kind.createCaller(app)
  const owner = kind.targetsForeignRows ? await newUser(app) : caller
  const input = await validInput(path, { app, caller, owner })
  await kind.beforeCall?.(setup, caller)
  const credentials = (await kind.credentialsOf?.(app, caller)) ?? caller.cookie
  return send(app, path, input, kind.sendsNoCookie ? undefined : credentials)
}
