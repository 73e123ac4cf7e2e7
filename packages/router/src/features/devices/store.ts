import type { Reader, Writer } from '../../db/database.ts'
import { knownForMs } from './cookie.ts'

const devicesPerUser = 10

interface Sighting {
  userId: string
  deviceHash: string
  now: number
}

/** Not any more once it was unused for 400 days: a copy of the cookie may outlive the browser's. */
export async function isKnownDevice(db: Reader, { userId, deviceHash, now }: Sighting): Promise<boolean> {
  const row = await db
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .where('device_hash', '=', deviceHash)
    .where('last_used_at', '>', now - knownForMs)
    .select('last_used_at')
    .executeTakeFirst()
  return row !== undefined
}

/** The device that was unused for longest makes room for the eleventh; those that are known no more go with every log-in. */
export async function rememberDevice(tx: Writer, device: Sighting): Promise<void> {
  await tx
    .insertInto('known_devices')
    .values({ user_id: device.userId, device_hash: device.deviceHash, last_used_at: device.now })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'device_hash']).doUpdateSet({ last_used_at: device.now }),
    )
    .execute()
  await tx
    .deleteFrom('known_devices')
    .where('user_id', '=', device.userId)
    .where('last_used_at', '<=', device.now - knownForMs)
    .execute()
  const surplus = tx
    .selectFrom('known_devices')
    .select('device_hash')
    .where('user_id', '=', device.userId)
    .orderBy('last_used_at', 'desc')
    .orderBy('device_hash')
    .limit(100)
    .offset(devicesPerUser)
  await tx
    .deleteFrom('known_devices')
    .where('user_id', '=', device.userId)
    .where('device_hash', 'in', surplus)
    .execute()
}

/** After a change of the password, or "end other sessions": whoever had a foot in the door starts as a stranger. */
export async function forgetDevices(tx: Writer, userId: string): Promise<void> {
  await tx.deleteFrom('known_devices').where('user_id', '=', userId).execute()
}

/** When each known device of the user was last used, newest first. */
export function listDeviceUses(db: Reader, { userId, now }: { userId: string; now: number }) {
  return db
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .where('last_used_at', '>', now - knownForMs)
    .select('last_used_at')
    .orderBy('last_used_at', 'desc')
    .execute()
}
