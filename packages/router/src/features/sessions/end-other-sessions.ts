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
 * Ends all sessions of the user but this one. Also deletes the other known devices: an attacker who used one
 * may still have its cookie. The browser that calls stays known. Without a known device, as with a stolen
 * session cookie, none is deleted: otherwise guesses from unknown devices could lock the user out.
 * @returns how many of the sessions were alive
 */
export async function endOtherSessions(
  tx: Writer,
  { clock, cookies, deviceCookie, session }: EndDeps,
): Promise<number> {
  const [userId, now] = [session.user_id, clock()]
  const { hash: deviceHash } = deviceCookie.read(cookies)
  const known = await findKnownDevice(tx, { userId, deviceHash, now })
  if (known !== undefined) await deleteDevices(tx, userId, deviceHash)
  return deleteOtherSessions(tx, { userId, keep: session.id, now })
}
