import type { Reader } from '../../db/database.ts'

/** When each known device of the user was last used, newest first. */
export function listDeviceUses(db: Reader, userId: string) {
  return db
    .selectFrom('known_devices')
    .where('user_id', '=', userId)
    .select('last_used_at')
    .orderBy('last_used_at', 'desc')
    .execute()
}
