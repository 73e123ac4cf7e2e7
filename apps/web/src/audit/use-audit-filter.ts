import { auditEvents } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import { useSearchParams } from 'wouter'

export interface AuditFilter {
  userId: string | null
  /** The id of an access token. */
  tokenId: string | null
  event: AuditEventName | null
}

export const noFilter: AuditFilter = { userId: null, tokenId: null, event: null }

/** Keeps the filter in the URL, so that it can be linked and the back button works. */
export function useAuditFilter(): [AuditFilter, change: (change: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const event = params.get('event')
  const filter = {
    userId: params.get('user'),
    tokenId: params.get('token'),
    // An unknown event in the URL is ignored.
    event: auditEvents.find((known) => known === event) ?? null,
  }
  function change(part: Partial<AuditFilter>) {
    const { userId, tokenId, event } = { ...filter, ...part }
    setParams({
      ...(userId !== null && { user: userId }),
      ...(tokenId !== null && { token: tokenId }),
      ...(event !== null && { event }),
    })
  }
  return [filter, change]
}
