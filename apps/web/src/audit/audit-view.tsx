import { auditRetentionMs } from '@app/contract'
import type { Self } from '@app/contract'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { Page } from '../components/page.tsx'
import { Pager } from '../components/pager.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { usePageTrail } from '../components/use-page-trail.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useUsersCache } from '../users/use-users.ts'
import { AuditFilters } from './audit-filters.tsx'
import { EventLine } from './event-line.tsx'
import { findPerson, personName, shortId } from './person.ts'
import type { Person } from './person.ts'
import { useAuditFilter } from './use-audit-filter.ts'
import { useAudit } from './use-audit.ts'
import styles from './audit.module.css'

const dayMs = 24 * 60 * 60 * 1_000

/** What happened to accounts, for administrators: who did what to whom, when and from where. */
export function AuditView({ viewer }: { viewer: Self }) {
  const [filter, change] = useAuditFilter()
  const trail = usePageTrail()
  const audit = useAudit(viewer, filter, trail.cursor)
  const users = useUsersCache(viewer)
  const events = audit.data?.items ?? []
  const nextCursor = audit.data?.nextCursor ?? null
  // While another filter or page is on its way, what is on screen is the answer to the former one.
  const isAnswered = audit.isSuccess && !audit.isPlaceholderData
  const isFiltered = filter.person !== null || filter.event !== null
  const id = filter.person
  const known = id === null ? undefined : (findPerson(events, id) ?? users.find(id))
  const person = id === null ? null : { id, name: nameOf(id, known, isAnswered || audit.isError) }
  function showAll() {
    change({ person: null, event: null })
    // The button goes with what it says.
    focusHeading()
  }

  return (
    <Page
      title="Audit"
      lead={`What happened to accounts here, newest first. Events are kept for ${auditRetentionMs / dayMs} days.`}
    >
      <Stack>
        <AuditFilters viewer={viewer} person={person} event={filter.event} onChange={change} />
        <VisuallyHidden>
          <span role="status">{isAnswered ? found(events.length, nextCursor !== null) : ''}</span>
        </VisuallyHidden>
        {events.length === 0 && !isAnswered && !audit.isError && (
          <Skeleton label="Loading the audit" kind="rows" blocks={8} />
        )}
        {audit.isError && (
          <FailedState error={audit.error} retrying={audit.isFetching} onRetry={() => void audit.refetch()} />
        )}
        {isAnswered && events.length === 0 && (
          <EmptyState title={isFiltered ? 'No such event' : 'Nothing has happened yet'}>
            <p>
              {isFiltered
                ? 'Nothing that is still kept matches.'
                : 'What happens to accounts will stand here.'}
            </p>
            {isFiltered && <Button onClick={showAll}>Show everything</Button>}
          </EmptyState>
        )}
        {events.length > 0 && (
          <ul className={styles['list']} aria-label="Events" aria-busy={audit.isPlaceholderData}>
            {events.map((event) => (
              <EventLine key={event.id} event={event} now={audit.dataUpdatedAt} />
            ))}
          </ul>
        )}
        <Pager trail={trail} nextCursor={nextCursor} pending={audit.isPlaceholderData} />
      </Stack>
    </Page>
  )
}

/** Returns the user name. Without an event it is unknown whether the user still exists. */
function nameOf(id: string, known: Person | undefined, isSettled: boolean): string {
  if (known) return personName(known)
  return isSettled ? `user ${shortId(id)}` : '…'
}

function found(count: number, more: boolean): string {
  if (more) return `${count} events, and more on the next page`
  return count === 1 ? '1 event' : `${count} events`
}
