import type { AuditPage } from '@app/contract'
import { shortId } from './audit-user.ts'

interface TokenNameOptions {
  /** Whether the list has its response. */
  isSettled: boolean
  /** Whether the list has the names of all tokens, not only of the viewer's own. */
  hasAllNames: boolean
}

/**
 * Returns the name of an access token, or the end of its id if the server has no name. Where all names are
 * known, a token with events but without a name was deleted; without events it may never have existed.
 * @param page undefined while none is loaded; of another filter while the list still shows the former one
 */
export function tokenName(
  id: string,
  page: AuditPage | undefined,
  { isSettled, hasAllNames }: TokenNameOptions,
): string {
  if (page?.token?.id === id) {
    const isDeleted = hasAllNames && page.items.length > 0
    return page.token.name ?? `${isDeleted ? 'deleted' : 'unknown'} ${shortId(id)}`
  }
  return isSettled ? `unknown ${shortId(id)}` : '…'
}
