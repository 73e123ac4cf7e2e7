import type { ExpressionBuilder } from 'kysely'
import type { Reader } from '../../../db/database.ts'
import type { Tables } from '../../../db/tables.ts'
import type { PrefixRange } from '../prefix-range.ts'
import { userColumns } from '../table.ts'
import type { FoundUser } from '../table.ts'

/** A page of a list ordered by user name: the users after `after`, which may be empty. */
interface UserPageRequest {
  after: string
  limit: number
}

export function listUsers(db: Reader, { after, limit }: UserPageRequest): Promise<FoundUser[]> {
  return db
    .selectFrom('users')
    .where('username', '>', after)
    .select(userColumns)
    .orderBy('username')
    .limit(limit)
    .execute()
}

export function listUsersByUsername(
  db: Reader,
  range: PrefixRange,
  { after, limit }: UserPageRequest,
): Promise<FoundUser[]> {
  return db
    .selectFrom('users')
    .where((where) => within(where, 'username', range))
    .where('username', '>', after)
    .select(userColumns)
    .orderBy('username')
    .limit(limit)
    .execute()
}

/**
 * Returns whether at least `count` users have a name in the range. Reads no more entries of the index than
 * that.
 */
export async function hasNames(db: Reader, range: PrefixRange, count: number): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .where((where) => within(where, 'name_key', range))
    .select('name_key')
    .orderBy('name_key')
    .limit(1)
    .offset(count - 1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Sorts at most `scanLimit` users with a name in the range, in an index. For ranges with fewer. The inner
 * limit keeps PostgreSQL from reading all users in the order of their user names until it has met them.
 */
export function listUsersByName(
  db: Reader,
  range: PrefixRange,
  { after, limit, scanLimit }: UserPageRequest & { scanLimit: number },
): Promise<FoundUser[]> {
  return db
    .selectFrom('users')
    .where('username', 'in', (select) =>
      select
        .selectFrom((inRange) =>
          inRange
            .selectFrom('users')
            .where((where) => within(where, 'name_key', range))
            .select('username')
            .orderBy('name_key')
            .limit(scanLimit)
            .as('named'),
        )
        .where('username', '>', after)
        .select('username')
        .orderBy('username')
        .limit(limit),
    )
    .select(userColumns)
    .orderBy('username')
    .execute()
}

/**
 * Scans the next `scanLimit` users in an index, and selects those whose user name or name is in the range.
 */
export function filterUsers(
  db: Reader,
  range: PrefixRange,
  { after, limit, scanLimit }: UserPageRequest & { scanLimit: number },
): Promise<FoundUser[]> {
  return db
    .selectFrom('users')
    .where('username', 'in', (select) =>
      select
        .selectFrom((next) =>
          next
            .selectFrom('users')
            .where('username', '>', after)
            .select(['username', 'name_key'])
            .orderBy('username')
            .limit(scanLimit)
            .as('users'),
        )
        .where((where) => where.or([within(where, 'username', range), within(where, 'name_key', range)]))
        .select('username')
        .orderBy('username')
        .limit(limit),
    )
    .select(userColumns)
    .orderBy('username')
    .execute()
}

/** Returns the user name at which `filterUsers` stopped scanning; undefined when it reached the end. */
export async function usernameAt(db: Reader, after: string, scanLimit: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('users')
    .where('username', '>', after)
    .select('username')
    .orderBy('username')
    .limit(1)
    .offset(scanLimit - 1)
    .executeTakeFirst()
  return row?.username
}

function within(
  where: ExpressionBuilder<Pick<Tables, 'users'>, 'users'>,
  column: 'username' | 'name_key',
  { from, before }: PrefixRange,
) {
  const start = where(column, '>=', from)
  return before === undefined ? start : where.and([start, where(column, '<', before)])
}
