import type { Reader } from '../../db/database.ts'
import { prefixRange } from './prefix-range.ts'
import {
  filterUsers,
  hasNames,
  listUsers,
  listUsersByName,
  listUsersByUsername,
  usernameAt,
} from './store.ts'
import type { FoundUser } from './table.ts'

/**
 * So many matching names are sorted by one search, and so many users are looked at by one that matches more.
 */
const sortLimit = 1_000
const scanLimit = 5_000

interface DirectorySearch {
  /** In its search form; an empty one finds everybody. */
  search: string
  after: string
  limit: number
}

interface DirectoryPage {
  users: FoundUser[]
  /** Where to go on when the search stopped before it had `limit`; null when it need not go on. */
  nextAfter: string | null
}

/**
 * The directory, ordered by user name. A search for a prefix of the user name or the name must not cost more
 * where there are more users, and no single index gives both the prefix of the name and the order of the user
 * name. So: when few names match, they are sorted and merged with the range of user names that match. When
 * many do, they are dense, and a walk along the user names soon has a page of them; should it not, it stops
 * after a fixed stride, the page is short, and its cursor goes on from there. No user is left out or repeated
 * either way.
 */
export async function searchDirectory(
  db: Reader,
  { search, after, limit }: DirectorySearch,
): Promise<DirectoryPage> {
  if (search === '') return { users: await listUsers(db, { after, limit }), nextAfter: null }
  const range = prefixRange(search)
  if (await hasNames(db, range, sortLimit)) {
    const users = await filterUsers(db, range, { after, limit, scanLimit })
    if (users.length === limit) return { users, nextAfter: null }
    return { users, nextAfter: (await usernameAt(db, after, scanLimit)) ?? null }
  }
  const [byUsername, byName] = await Promise.all([
    listUsersByUsername(db, range, { after, limit }),
    listUsersByName(db, range, { after, limit, scanLimit: sortLimit }),
  ])
  const found = new Map([...byUsername, ...byName].map((user) => [user.username, user]))
  // User names are ASCII: this order is the database's.
  const users = [...found.values()].toSorted((one, other) => (one.username < other.username ? -1 : 1))
  return { users: users.slice(0, limit), nextAfter: null }
}

/** The same for somebody who may see only themselves. */
export function searchOneself(
  self: FoundUser,
  nameKey: string,
  { search, after }: DirectorySearch,
): DirectoryPage {
  const isFound = self.username.startsWith(search) || nameKey.startsWith(search)
  return { users: isFound && self.username > after ? [self] : [], nextAfter: null }
}
