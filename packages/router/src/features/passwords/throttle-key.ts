import { pseudonymize } from '../../context.ts'
import type { Context } from '../../context.ts'
import { findKnownDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { isLocked } from '../throttle/index.ts'
import { dummyUserId } from './verify.ts'
import type { CountedAttempt } from './verify.ts'

type KeyDeps = Pick<Context, 'db' | 'clock' | 'throttleKeys' | 'identifierKey'>

/**
 * Returns the throttle key of a log-in: of a known device of the account, else of the account. A user name
 * that does not exist has its own key, so that both behave alike. A known device that is locked counts as
 * unknown.
 */
export async function throttleKeyForLogin(
  deps: KeyDeps,
  { userId, username, device }: { userId: string | undefined; username: string; device: Device },
): Promise<CountedAttempt> {
  const { db, clock, throttleKeys } = deps
  const sighting = { userId: userId ?? dummyUserId, deviceHash: device.hash, now: clock() }
  const known = await findKnownDevice(db.read, sighting)
  if (userId === undefined) {
    return { throttleKey: throttleKeys.name(pseudonymize(deps, username)), isKnownDevice: false }
  }
  const ofDevice = throttleKeys.device(userId, device.hash)
  const isKnownDevice = known !== undefined && !(await isLocked(db.read, ofDevice))
  return { throttleKey: isKnownDevice ? ofDevice : throttleKeys.account(userId), isKnownDevice }
}

/**
 * Returns the throttle key of a signed-in user who enters the password again: that of this session. A stolen
 * session cookie without the device cookie has another key than the browser it was stolen from.
 */
export async function throttleKeyForSession(
  { db, clock, throttleKeys }: KeyDeps,
  { session, device }: { session: { id: string; user_id: string }; device: Device },
): Promise<CountedAttempt> {
  const { id: sessionId, user_id: userId } = session
  const known = await findKnownDevice(db.read, { userId, deviceHash: device.hash, now: clock() })
  const ofDevice = throttleKeys.signedIn({ userId, sessionId, deviceHash: device.hash })
  const isKnownDevice = known !== undefined && !(await isLocked(db.read, ofDevice))
  const throttleKey = isKnownDevice
    ? ofDevice
    : throttleKeys.signedIn({ userId, sessionId, deviceHash: null })
  return { throttleKey, isKnownDevice }
}
