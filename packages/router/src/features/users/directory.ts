import { ExistingUsername, text, textLimits } from '@app/contract'
import * as z from 'zod/mini'
import type { Reader } from '../../db/database.ts'
import { prefixRange } from './prefix-range.ts'
import { listByName, listByUsername, nameAt } from './search/store.ts'
import type { NamedUser } from './search/store.ts'
import type { FoundUser } from './table.ts'

/** The maximum number of names that one search reads to fill a page. */
const scanLimit = 1_000

/** Where a page ends: at a user name, or at a name and the user name of one of the users who have it. */
export const DirectoryPosition = z.union([
  ExistingUsername,
  z.tuple([text('Name', { max: 12 * textLimits.name.max }), ExistingUsername]),
])

type DirectoryPosition = z.output<typeof DirectoryPosition>

interface DirectorySearch {
  /** In its search form; an empty one finds all users. */
  search: string
  after: DirectoryPosition | undefined
  limit: number
}

interface DirectoryPage {
  users: FoundUser[]
  /** Undefined after the last page. */
  next: DirectoryPosition | undefined
}

/**
 * Searches the directory: first the users whose user name begins with the text, by user name, then those
 * whose name does, by name. Each part is in the order of an index, so that the cost does not grow with the
 * number of users.
 *
 * A user with both is in the first part only. The second one stops after `scanLimit` such users; the page is
 * short, and its position continues from there. No user is left out or repeated.
 */
export async function searchDirectory(
  db: Reader,
  { search, after = '', limit }: DirectorySearch,
): Promise<DirectoryPage> {
  const range = prefixRange(search)
  const isByName = typeof after !== 'string'
  const byUsername = isByName ? [] : await listByUsername(db, range, { after, limit: limit + 1 })
  if (search === '' || byUsername.length > limit) return pageOf(byUsername, limit)
  const [nameKey, username] = isByName ? after : ['', '']
  const request = { after: { nameKey, username }, scanLimit }
  const missing = limit + 1 - byUsername.length
  const byName = await listByName(db, range, { ...request, limit: missing })
  const page = pageOf([...byUsername, ...byName], limit)
  if (byName.length === missing) return page
  const last = await nameAt(db, range, request)
  return { ...page, next: last && positionOf(last) }
}

/** @param found one more than the limit, if there are that many */
function pageOf(found: readonly (FoundUser | NamedUser)[], limit: number): DirectoryPage {
  const users = found.slice(0, limit)
  const last = users.at(-1)
  return { users, next: found.length > limit && last !== undefined ? positionOf(last) : undefined }
}

function positionOf(user: { username: string } | NamedUser): DirectoryPosition {
  return 'name_key' in user ? [user.name_key, user.username] : user.username
}

/** Searches as `searchDirectory` does, for a user who may see only themselves. */
export function searchSelf(
  self: FoundUser,
  nameKey: string,
  { search, after }: DirectorySearch,
): DirectoryPage {
  const isFound = self.username.startsWith(search) || nameKey.startsWith(search)
  return { users: isFound && after === undefined ? [self] : [], next: undefined }
}
