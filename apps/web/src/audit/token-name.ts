import type { AuditPage } from '@app/contract'
import { shortId } from './audit-user.ts'

/**
 * Returns the name of an access token, or the end of its id if the server does not know the name.
 * @param page undefined while none is loaded; of another filter while the list still shows the former one
 * @param isSettled whether the list has its response
 */
export function tokenName(id: string, page: AuditPage | undefined, isSettled: boolean): string {
  if (page?.token?.id === id && page.token.name !== null) return page.token.name
  return isSettled ? `unknown ${shortId(id)}` : '…'
}
