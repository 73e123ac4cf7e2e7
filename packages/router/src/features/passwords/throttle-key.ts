import { searchKey } from '@app/contract'
import { pseudonymize } from '../../context.ts'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { findKnownDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { findVerifiedEmail } from '../emails/index.ts'
import { deleteFailuresOf, deletePasswordFailuresOf, isLocked, resetFailures } from '../throttle/index.ts'
import type { ThrottleKey } from '../throttle/index.ts'
import { dummyUserId } from './verify.ts'
import type { CountedAttempt } from './verify.ts'

type NameDeps = Pick<Context, 'throttleKeys' | 'identifierKey'>
type KeyDeps = NameDeps & Pick<Context, 'db' | 'clock'>

/**
 * Returns the throttle key of a log-in: of a known device of the account, else of the account. A user name
 * that does not exist has its own key, so that both behave alike. So has every address, known or not: pauses
 * that an attacker causes by the public user name would otherwise show whose address it is. A known device
 * that is locked counts as unknown.
 */
export async function throttleKeyForLogin(
  deps: KeyDeps,
  { userId, username, device }: { userId: string | undefined; username: string; device: Device },
): Promise<CountedAttempt> {
  const { db, clock, throttleKeys } = deps
  const sighting = { userId: userId ?? dummyUserId, deviceHash: device.hash, now: clock() }
  const known = await findKnownDevice(db.read, sighting)
  const ofName = throttleKeyOfName(deps, username, userId)
  if (userId === undefined) return { throttleKey: ofName, isKnownDevice: false, sessionId: null }
  const ofDevice = throttleKeys.device(userId, device.hash)
  if (known !== undefined && !(await isLocked(db.read, ofDevice, clock()))) {
    return { throttleKey: ofDevice, isKnownDevice: true, sessionId: null }
  }
  const throttleKey = username.includes('@') ? ofName : throttleKeys.account(userId)
  return { throttleKey, isKnownDevice: false, sessionId: null }
}

/** Returns the key of log-ins by a user name that does not exist, or by an address. */
function throttleKeyOfName(deps: NameDeps, name: string, userId: string | undefined): ThrottleKey {
  return deps.throttleKeys.name(pseudonymize(deps, name), userId)
}

/**
 * Clears the counts of an account after a log-in with the right password: of this device, the user name and
 * the verified address.
 */
export async function resetLoginFailures(
  tx: Writer,
  deps: NameDeps,
  { userId, device, throttleKey }: { userId: string; device: Device; throttleKey: ThrottleKey },
): Promise<void> {
  const { account, device: ofDevice } = deps.throttleKeys
  const ofAddress = await throttleKeysOfAddress(tx, deps, userId)
  await resetFailures(tx, [throttleKey, account(userId), ofDevice(userId, device.hash), ...ofAddress])
}

async function throttleKeysOfAddress(tx: Writer, deps: NameDeps, userId: string): Promise<ThrottleKey[]> {
  const email = await findVerifiedEmail(tx, userId)
  return email === undefined ? [] : [throttleKeyOfName(deps, searchKey(email.address), userId)]
}

/** Ends all pauses and lockouts of an account: those of passwords and those of second factors. */
export async function endLockouts(tx: Writer, deps: NameDeps, userId: string): Promise<void> {
  await endPasswordLockouts(tx, deps, userId)
  await deleteFailuresOf(tx, userId)
}

/**
 * Ends the pauses and lockouts of an account's password: of its devices, its user name and its verified
 * address. Those of second factors stay, so that an attacker who reads the mail cannot guess codes faster.
 */
export async function endPasswordLockouts(tx: Writer, deps: NameDeps, userId: string): Promise<void> {
  await deletePasswordFailuresOf(tx, userId)
  await resetFailures(tx, await throttleKeysOfAddress(tx, deps, userId))
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
  const isKnownDevice = known !== undefined && !(await isLocked(db.read, ofDevice, clock()))
  const throttleKey = isKnownDevice
    ? ofDevice
    : throttleKeys.signedIn({ userId, sessionId, deviceHash: null })
  return { throttleKey, isKnownDevice, sessionId }
}
