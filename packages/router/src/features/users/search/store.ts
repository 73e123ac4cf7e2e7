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

/** Lists users by user name. It has one lower bound, because SQLite enters an index at any one of two. */
export function listByUsername(
  db: Reader,
  { from, before }: PrefixRange,
  { after, limit }: UserPageRequest,
): Promise<FoundUser[]> {
  const isWithin = after.startsWith(from)
  return db
    .selectFrom('users')
    .where('username', isWithin ? '>' : '>=', isWithin ? after : from)
    .$if(before !== undefined, (query) => query.where('username', '<', before ?? ''))
    .select(userColumns)
    .orderBy('username')
    .limit(limit)
    .execute()
}

/** A place in the order of the names. Many users may share a name. */
interface NamePosition {
  nameKey: string
  username: string
}

interface NamePageRequest {
  after: NamePosition
  /** The maximum number of entries of the index that are read. */
  scanLimit: number
}

export type NamedUser = FoundUser & { name_key: string }

/** Lists users by name, without those whose user name is in the range. */
export function listByName(
  db: Reader,
  range: PrefixRange,
  { limit, ...page }: NamePageRequest & { limit: number },
): Promise<NamedUser[]> {
  return db
    .selectFrom((named) =>
      named
        .selectFrom(() => nextNames(db, range, page).as('users'))
        .where(isOutside(range))
        .select(['name_key', 'username'])
        .orderBy('name_key')
        .orderBy('username')
        .limit(limit)
        .as('named'),
    )
    .innerJoin('users', 'users.username', 'named.username')
    .select(userColumns)
    .select('named.name_key')
    .orderBy('named.name_key')
    .orderBy('named.username')
    .execute()
}

/** Returns where `listByName` stopped scanning; undefined when it reached the end. */
export function nameAt(
  db: Reader,
  range: PrefixRange,
  page: NamePageRequest,
): Promise<{ name_key: string; username: string } | undefined> {
  return nextNames(db, range, page)
    .limit(1)
    .offset(page.scanLimit - 1)
    .executeTakeFirst()
}

/** Reads the index alone. It has one lower bound, because SQLite enters it at any one of two. */
function nextNames(db: Reader, { from, before }: PrefixRange, { after, scanLimit }: NamePageRequest) {
  const { nameKey, username } = after.nameKey.startsWith(from) ? after : { nameKey: from, username: '' }
  return db
    .selectFrom('users')
    .where(({ eb, refTuple, tuple }) => eb(refTuple('name_key', 'username'), '>', tuple(nameKey, username)))
    .$if(before !== undefined, (query) => query.where('name_key', '<', before ?? ''))
    .select(['name_key', 'username'])
    .orderBy('name_key')
    .orderBy('username')
    .limit(scanLimit)
}

function isOutside({ from, before }: PrefixRange) {
  return ({ eb, or }: ExpressionBuilder<Pick<Tables, 'users'>, 'users'>) =>
    before === undefined
      ? eb('username', '<', from)
      : or([eb('username', '<', from), eb('username', '>=', before)])
}
