import type { Reader } from '../../db/database.ts'
import { prefixRange } from './prefix-range.ts'
import {
  filterUsers,
  hasNames,
  listUsers,
  listUsersByName,
  listUsersByUsername,
  usernameAt,
} from './search/store.ts'
import type { FoundUser } from './table.ts'

/**
 * The maximum number of matching names that one search sorts, and of users that a search with more matches
 * scans.
 */
const sortLimit = 1_000
const scanLimit = 5_000

interface DirectorySearch {
  /** In its search form; an empty one finds all users. */
  search: string
  after: string
  limit: number
}

interface DirectoryPage {
  users: FoundUser[]
  /** Where to continue when the search stopped before `limit`; null after the last page. */
  nextAfter: string | null
}

/**
 * Searches the directory, ordered by user name. The cost of a prefix search must not grow with the number of
 * users. No single index has both the prefix of the name and the order of the user name.
 *
 * If few names match, they are sorted and merged with the range of matching user names. If many match, a scan
 * along the user names soon fills a page. Otherwise it stops after `scanLimit` users; the page is short, and
 * its cursor continues from there. No user is left out or repeated.
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
  // User names are ASCII, so this is the order of the database.
  const users = [...found.values()].toSorted((one, other) => (one.username < other.username ? -1 : 1))
  return { users: users.slice(0, limit), nextAfter: null }
}

/** Searches as `searchDirectory` does, for a user who may see only themselves. */
export function searchSelf(
  self: FoundUser,
  nameKey: string,
  { search, after }: DirectorySearch,
): DirectoryPage {
  const isFound = self.username.startsWith(search) || nameKey.startsWith(search)
  return { users: isFound && self.username > after ? [self] : [], nextAfter: null }
}
