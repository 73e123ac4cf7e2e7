import { auditRetentionMs } from '@app/contract'
import type { Self } from '@app/contract'
import { ScrollText, SearchX } from 'lucide-react'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { ItemList } from '../components/item-list.tsx'
import { Page } from '../components/page.tsx'
import { Pager } from '../components/pager.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { usePageTrail } from '../components/use-page-trail.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useUsersCache } from '../users/use-users.ts'
import { AuditFilters } from './audit-filters.tsx'
import { findUser, displayName, shortId } from './audit-user.ts'
import type { AuditUser } from './audit-user.ts'
import { EventLine } from './event-line.tsx'
import { tokenName } from './token-name.ts'
import { useAuditFilter } from './use-audit-filter.ts'
import { useAudit } from './use-audit.ts'

const dayMs = 24 * 60 * 60 * 1_000

/** Shows the audit log to admins: the actor, action, target, time and address of each event. */
export function AuditView({ viewer }: { viewer: Self }) {
  const [filter, change] = useAuditFilter()
  const trail = usePageTrail()
  const audit = useAudit(viewer, filter, trail.cursor)
  const users = useUsersCache(viewer)
  const events = audit.data?.items ?? []
  const nextCursor = audit.data?.nextCursor ?? null
  // While another filter or page loads, the screen still shows the former one.
  const isAnswered = audit.isSuccess && !audit.isPlaceholderData
  const isFiltered = Object.values(filter).some((value) => value !== null)
  const id = filter.userId
  const known = id === null ? undefined : (findUser(events, id) ?? users.find(id))
  const isSettled = isAnswered || audit.isError
  const user = id === null ? null : { id, name: nameOf(id, known, isSettled) }

  return (
    <Page
      title="Audit log"
      lead={`What happened to accounts here, newest first. Events are kept for ${auditRetentionMs / dayMs} days.`}
    >
      <Stack>
        <AuditFilters
          viewer={viewer}
          user={user}
          token={
            filter.tokenId === null
              ? null
              : tokenName(filter.tokenId, audit.data, { isSettled, hasAllNames: true })
          }
          event={filter.event}
          onChange={change}
        />
        <VisuallyHidden>
          <span role="status">{isAnswered ? found(events.length, nextCursor !== null) : ''}</span>
        </VisuallyHidden>
        {events.length === 0 && !isAnswered && !audit.isError && (
          <Skeleton label="Loading the audit log" kind="rows" blocks={8} />
        )}
        {audit.isError && (
          <FailedState error={audit.error} retrying={audit.isFetching} onRetry={() => void audit.refetch()} />
        )}
        {isAnswered && events.length === 0 && (
          <EmptyState
            icon={isFiltered ? SearchX : ScrollText}
            title={isFiltered ? 'No events found' : 'No events yet'}
          >
            <p>
              {isFiltered
                ? 'No event matches these filters.'
                : 'Log-ins and changes of accounts will appear here.'}
            </p>
          </EmptyState>
        )}
        {events.length > 0 && (
          <ItemList label="Events" busy={audit.isPlaceholderData}>
            {events.map((event) => (
              <EventLine key={event.id} event={event} now={audit.dataUpdatedAt} />
            ))}
          </ItemList>
        )}
        <Pager trail={trail} nextCursor={nextCursor} pending={audit.isPlaceholderData} />
      </Stack>
    </Page>
  )
}

/** Returns the name to show. Without an event it is unknown whether the user still exists. */
function nameOf(id: string, known: AuditUser | undefined, isSettled: boolean): string {
  if (known) return displayName(known)
  return isSettled ? `user ${shortId(id)}` : '…'
}

function found(count: number, more: boolean): string {
  if (more) return `${count} events, and more on the next page`
  return count === 1 ? '1 event' : `${count} events`
}
