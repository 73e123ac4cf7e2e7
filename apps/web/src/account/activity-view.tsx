import type { AuditEvent, Self } from '@app/contract'
import { deviceName } from '@app/contract/device-name'
import { History } from 'lucide-react'
import { withNames } from '../audit/audit-user.ts'
import { EventIcon } from '../audit/event-icon.tsx'
import { eventSentence } from '../audit/event-sentence.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { GrowingList } from '../components/growing-list.tsx'
import { itemListClass } from '../components/item-list.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { useActivity } from './use-activity.ts'

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
      <EmptyState icon={History} title="No activity">
        <p>Log-ins and changes of your account appear here. Nothing happened in the last 180 days.</p>
      </EmptyState>
    )
  }
  return (
    <Stack>
      <GrowingList label="Activity" className={itemListClass} items={events} query={activity}>
        {(event) => <ActivityRow viewer={viewer} event={event} now={activity.dataUpdatedAt} />}
      </GrowingList>
    </Stack>
  )
}

interface ActivityRowProps {
  viewer: Self
  event: AuditEvent
  /** When the list was loaded, in milliseconds since 1970 UTC. */
  now: number
}

function ActivityRow({ viewer, event, now }: ActivityRowProps) {
  return (
    <ItemRow
      lead={<EventIcon event={event.event} />}
      // Admins see every user name, so a missing one means a deleted user.
      title={eventSentence(viewer.role === 'admin' ? withNames(event) : event, viewer.id)}
      detail={
        <>
          {event.ip !== null && <span>{event.ip}</span>}
          {event.userAgent !== null && <span>{deviceName(event.userAgent)}</span>}
        </>
      }
      note={<MomentAgo at={event.at} now={now} />}
    />
  )
}
