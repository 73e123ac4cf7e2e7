import type { Writer } from '../../db/database.ts'
import type { Cookies } from '../../http/cookies.ts'
import type { Clock } from '../../ports/clock.ts'
import { deleteDevices, findKnownDevice } from '../devices/index.ts'
import type { DeviceCookie } from '../devices/index.ts'
import { deleteOtherSessions } from './store.ts'

interface EndDeps {
  clock: Clock
  cookies: Cookies
  deviceCookie: DeviceCookie
  session: { id: string; user_id: string }
}

/**
 * Ends all sessions of the user but this one, and forgets other devices.
 * @returns how many of the sessions were alive, and whether anything changed
 */
export async function endOtherSessions(
  tx: Writer,
  deps: EndDeps,
): Promise<{ endedSessions: number; hasChanged: boolean }> {
  const { clock, session } = deps
  const hasForgotten = await forgetOtherDevices(tx, deps)
  const others = { userId: session.user_id, keep: session.id, now: clock() }
  const endedSessions = await deleteOtherSessions(tx, others)
  return { endedSessions, hasChanged: hasForgotten || endedSessions > 0 }
}

/**
 * Deletes the other known devices: an attacker who used one may still have its cookie. The browser that calls
 * stays known. Without a known device, as with a stolen session cookie, none is deleted: otherwise guesses
 * from unknown devices could lock the user out.
 * @returns whether there was one
 */
async function forgetOtherDevices(
  tx: Writer,
  { clock, cookies, deviceCookie, session: { user_id: userId } }: EndDeps,
): Promise<boolean> {
  const { hash: deviceHash } = deviceCookie.read(cookies)
  const known = await findKnownDevice(tx, { userId, deviceHash, now: clock() })
  return known !== undefined && deleteDevices(tx, userId, deviceHash)
}
