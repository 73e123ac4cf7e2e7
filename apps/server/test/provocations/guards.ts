import { sudoWindowMs } from '@app/contract'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import type { InputOf, Path } from '../support/procedure-types.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import type { Scene } from './provocation.ts'

const dayMs = 24 * 60 * 60_000

/** `access: user`. */
export const needsSession = {
  UNAUTHENTICATED: async <P extends Path>({ app, call, validInput }: Scene<P>) =>
    call(await validInput(await newUser(app))),
  SESSION_EXPIRED: async <P extends Path>(scene: Scene<P>) => later(dayMs, scene, await newUser(scene.app)),
}

/** A scope of access tokens, besides what the procedure asks of sessions. */
export const needsScope = {
  SCOPE_REQUIRED: async <P extends Path>({ app, call, validInput }: Scene<P>) => {
    const caller = await newUser(app)
    return call(await validInput(caller), await giveToken(app, caller.id, { scopes: [] }))
  },
}

/** `access: user`, and sudo. */
export const needsProof = {
  ...needsSession,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    later(sudoWindowMs + 1, scene, await newUser(scene.app)),
}

/** The second factor of an account that has one. */
export const needsAddedFactor = {
  ...needsSession,
  REAUTH_REQUIRED: async <P extends Path>({ app, call, validInput }: Scene<P>) => {
    const caller = await newUser(app)
    await giveSecondFactor(app, caller.id)
    return call(await validInput(caller), caller)
  },
}

/** Level 2, which the setting ADMIN_SECOND_FACTOR asks of admins. */
const needsFactor = {
  FACTOR_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    callAsStrictAdmin(scene, await newAdmin(scene.app)),
}

/** `access: admin`. */
export const needsAdmin = {
  ...needsSession,
  ...needsFactor,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) => {
    const admin = await newAdmin(scene.app)
    await giveSecondFactor(scene.app, admin.id)
    return callAsStrictAdmin(scene, admin)
  },
  FORBIDDEN: async <P extends Path>(scene: Scene<P>) => later(0, scene, await newUser(scene.app)),
}

/** `access: admin`, and sudo. */
export const needsAdminsProof = {
  ...needsAdmin,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    later(sudoWindowMs + 1, scene, await newAdmin(scene.app)),
}

/** Calls a server whose users do not log in by password. */
export async function callWithoutPasswords<P extends Path>(
  { app, call }: Scene<P>,
  input: InputOf<P>,
  caller?: CookieActor,
): Promise<RawAnswer> {
  await using server = await testApp({
    databaseUrl: app.databaseUrl,
    clock: app.clock,
    settings: { passwordLogin: 'off' },
  })
  return await call(input, caller, server)
}

/** Calls a server at whose address browsers refuse passkeys, as one of its users. */
export async function callAtAnIpAddress<P extends Path>(
  { app, call }: Scene<P>,
  input: InputOf<P>,
): Promise<RawAnswer> {
  const publicUrl = 'http://192.0.2.7:8087'
  await using server = await testApp({ databaseUrl: app.databaseUrl, host: { publicUrl } })
  return await call(input, await newUser(server), server)
}

/** Calls a server that requires a second factor of admins. */
async function callAsStrictAdmin<P extends Path>(
  { app, call, validInput }: Scene<P>,
  admin: CookieActor,
): Promise<RawAnswer> {
  const input = await validInput(admin)
  await using strict = await testApp({
    databaseUrl: app.databaseUrl,
    clock: app.clock,
    settings: { adminSecondFactor: 'required' },
  })
  return await call(input, admin, strict)
}

async function later<P extends Path>(
  ms: number,
  { app, call, validInput }: Scene<P>,
  caller: CookieActor,
): Promise<RawAnswer> {
  const input = await validInput(caller)
  app.clock.advance(ms)
  return call(input, caller)
}
