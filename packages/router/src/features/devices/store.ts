import type { Reader, Writer } from '../../db/database.ts'
import { knownForMs } from './cookie.ts'
import { devicesToEvict } from './eviction.ts'

interface DeviceUse {
  userId: string
  deviceHash: string
  now: number
}

/**
 * @returns undefined for a device that the user did not use in the last 400 days: a copy of the cookie may
 * outlive the browser's.
 */
export function findKnownDevice(
  db: Reader,
  { userId, deviceHash, now }: DeviceUse,
): Promise<{ created_at: number } | undefined> {
  return db
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .where('device_hash', '=', deviceHash)
    .where('last_used_at', '>', now - knownForMs)
    .select('created_at')
    .executeTakeFirst()
}

/** Checks whether the user has known devices, and this is none of them. */
export async function isNewDevice(tx: Writer, { userId, deviceHash, now }: DeviceUse): Promise<boolean> {
  if ((await findKnownDevice(tx, { userId, deviceHash, now })) !== undefined) return false
  return (await listDeviceUses(tx, { userId, now })).length > 0
}

/** Saves the device or its last use; deletes devices that were unused for too long, and the surplus. */
export async function rememberDevice(tx: Writer, device: DeviceUse & { createdAt?: number }): Promise<void> {
  const { userId, deviceHash, now } = device
  const known = await tx
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .select(['device_hash', 'created_at', 'last_used_at'])
    .execute()
  const before = known.find(({ device_hash: hash }) => hash === deviceHash)
  const createdAt = before?.created_at ?? device.createdAt ?? distinctTime(known, now)
  await tx
    .insertInto('known_devices')
    .values({ user_id: userId, device_hash: deviceHash, created_at: createdAt, last_used_at: now })
    .onConflict((conflict) => conflict.columns(['user_id', 'device_hash']).doUpdateSet({ last_used_at: now }))
    .execute()
  const others = known.filter((each) => each !== before)
  const used = { device_hash: deviceHash, created_at: createdAt, last_used_at: now }
  const surplus = [
    ...others.filter(({ last_used_at: at }) => at <= now - knownForMs).map(({ device_hash: hash }) => hash),
    ...devicesToEvict([...others, used], deviceHash),
  ]
  if (surplus.length === 0) return
  await tx
    .deleteFrom('known_devices')
    .where('user_id', '=', userId)
    .where('device_hash', 'in', surplus)
    .execute()
}

/** Makes the times of devices distinct, because of new devices the newest is evicted first. */
function distinctTime(known: readonly { created_at: number }[], now: number): number {
  const taken = known.map(({ created_at: at }) => at).filter((at) => at < now + 1_000)
  return Math.max(now, ...taken.map((at) => at + 1))
}

/** Records that a known device was used; an unknown one stays unknown. */
export async function touchDevice(tx: Writer, { userId, deviceHash, now }: DeviceUse): Promise<void> {
  await tx
    .updateTable('known_devices')
    .set({ last_used_at: now })
    .where('user_id', '=', userId)
    .where('device_hash', '=', deviceHash)
    .execute()
}

/** Deletes all known devices of the user, or all but one. */
export async function deleteDevices(tx: Writer, userId: string, keep?: string): Promise<boolean> {
  let devices = tx.deleteFrom('known_devices').where('user_id', '=', userId)
  if (keep !== undefined) devices = devices.where('device_hash', '!=', keep)
  const { numDeletedRows } = await devices.executeTakeFirst()
  return numDeletedRows > 0n
}

/** Lists when each known device of the user was last used, newest first. */
export function listDeviceUses(db: Reader, { userId, now }: { userId: string; now: number }) {
  return db
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .where('last_used_at', '>', now - knownForMs)
    .select('last_used_at')
    .orderBy('last_used_at', 'desc')
    .execute()
}
