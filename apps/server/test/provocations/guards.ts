import { sudoWindowMs } from '@app/contract'
import { newAdmin, newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import type { Path } from '../support/procedure-types.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import type { Scene } from './provocation.ts'

const dayMs = 24 * 60 * 60_000

/** `access: user`. */
export const needsSession = {
  UNAUTHENTICATED: async <P extends Path>({ app, call, validInput }: Scene<P>) =>
    call(await validInput(await newUser(app))),
  SESSION_EXPIRED: async <P extends Path>(scene: Scene<P>) => later(dayMs, scene, await newUser(scene.app)),
}

/** `access: user`, and sudo. */
export const needsProof = {
  ...needsSession,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    later(sudoWindowMs + 1, scene, await newUser(scene.app)),
}

/** `access: admin`. */
export const needsAdmin = {
  ...needsSession,
  FORBIDDEN: async <P extends Path>(scene: Scene<P>) => later(0, scene, await newUser(scene.app)),
}

/** `access: admin`, and sudo. */
export const needsAdminsProof = {
  ...needsAdmin,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    later(sudoWindowMs + 1, scene, await newAdmin(scene.app)),
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
