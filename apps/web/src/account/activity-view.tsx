import type { AuditEvent, Self } from '@app/contract'
import { withNames } from '../audit/audit-user.ts'
import { eventSentence } from '../audit/event-sentence.ts'
import { Card } from '../components/card.tsx'
import { deviceName } from '../components/device-name.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { GrowingList } from '../components/growing-list.tsx'
import { Moment } from '../components/moment.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useActivity } from './use-activity.ts'
import styles from './activity.module.css'

export function ActivityView({ viewer }: { viewer: Self }) {
  const activity = useActivity(viewer)
  if (activity.isPending) return <Skeleton label="Loading your activity" kind="rows" blocks={6} />
  const events = activity.data?.pages.flatMap((page) => page.items) ?? []
  if (activity.isError && events.length === 0) {
    const retry = () => void activity.refetch()
    return <FailedState error={activity.error} retrying={activity.isFetching} onRetry={retry} />
  }
  if (events.length === 0) {
    return (
      <EmptyState title="No activity">
        <p>There is no recorded activity in the last 180 days.</p>
      </EmptyState>
    )
  }
  return (
    <Card>
      <GrowingList label="Activity" className={styles['list']} items={events} query={activity}>
        {(event) => <ActivityRow viewer={viewer} event={event} />}
      </GrowingList>
    </Card>
  )
}

function ActivityRow({ viewer, event }: { viewer: Self; event: AuditEvent }) {
  return (
    <div className={styles['event']}>
      {/* Administrators see every user name, so a missing one means a deleted user. */}
      <p>{eventSentence(viewer.role === 'admin' ? withNames(event) : event, viewer.id)}</p>
      <p className={styles['where']}>
        <Moment at={event.at} />
        {event.ip !== null && <span>{event.ip}</span>}
        {event.userAgent !== null && <span>{deviceName(event.userAgent)}</span>}
      </p>
    </div>
  )
}
