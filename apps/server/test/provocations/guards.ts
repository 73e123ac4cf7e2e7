import { sudoWindowMs } from '@app/contract'
import type { Path } from '../support/procedure-types.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { newAdministrator, newUser } from '../support/visitors.ts'
import type { Visitor } from '../support/visitors.ts'
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
export const needsAdministrator = {
  ...needsSession,
  FORBIDDEN: async <P extends Path>(scene: Scene<P>) => later(0, scene, await newUser(scene.app)),
}

/** `access: admin`, and sudo. */
export const needsAdministratorsProof = {
  ...needsAdministrator,
  REAUTH_REQUIRED: async <P extends Path>(scene: Scene<P>) =>
    later(sudoWindowMs + 1, scene, await newAdministrator(scene.app)),
}

async function later<P extends Path>(
  ms: number,
  { app, call, validInput }: Scene<P>,
  caller: Visitor,
): Promise<RawAnswer> {
  const input = await validInput(caller)
  app.clock.advance(ms)
  return call(input, caller)
}
