import type { AuditPage } from '@app/contract'
import { shortId } from './audit-user.ts'

/**
 * Returns the name of an access token, or the end of its id if the server has no name. A token with events
 * was deleted; without events it may never have existed.
 * @param page undefined while none is loaded; of another filter while the list still shows the former one
 * @param isSettled whether the list has its response
 */
export function tokenName(id: string, page: AuditPage | undefined, isSettled: boolean): string {
  if (page?.token?.id === id) return page.token.name ?? `${fate(page)} ${shortId(id)}`
  return isSettled ? `unknown ${shortId(id)}` : '…'
}

function fate({ items }: AuditPage): 'deleted' | 'unknown' {
  return items.length > 0 ? 'deleted' : 'unknown'
}
