import { identifierMark, type Context } from '../../context.ts'
import { isKnownDevice, type Device } from '../devices/index.ts'
import { nobody } from '../passwords/index.ts'
import type { Bucket } from '../throttle/index.ts'

/**
 * Which failures a log-in is counted with: those of this device when the account knows it, else those of the account, and
 * for a name that nobody has those of the name, so that both behave alike.
 */
export async function loginBucket(
  ctx: Context,
  { userId, username, device }: { userId: string | undefined; username: string; device: Device },
): Promise<Bucket> {
  const sighting = { userId: userId ?? nobody, deviceHash: device.hash, now: ctx.clock() }
  const isKnown = await isKnownDevice(ctx.db.read, sighting)
  if (userId === undefined) return ctx.buckets.name(identifierMark(ctx, username))
  return isKnown ? ctx.buckets.device(userId, device.hash) : ctx.buckets.account(userId)
}
