import type { AuditEvent, Self } from '@app/contract'
import { deviceName } from '@app/contract/device-name'
import { History, SearchX } from 'lucide-react'
import { useSearchParams } from 'wouter'
import { withNames } from '../audit/audit-user.ts'
import { EventIcon } from '../audit/event-icon.tsx'
import { eventSentence } from '../audit/event-sentence.ts'
import { TokenChip } from '../audit/token-chip.tsx'
import { tokenName } from '../audit/token-name.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { GrowingList } from '../components/growing-list.tsx'
import { itemListClass } from '../components/item-list.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { useActivity } from './use-activity.ts'

/** Lists the events of the viewer: all, or those of the access token in the URL. */
export function ActivityView({ viewer }: { viewer: Self }) {
  const [params, setParams] = useSearchParams()
  const tokenId = params.get('token')
  const activity = useActivity(viewer, tokenId)
  function showAll() {
    setParams({})
    // The button disappears.
    focusHeading()
  }
  return (
    <Stack>
      {tokenId !== null && (
        <div>
          <TokenChip
            name={tokenName(tokenId, activity.data?.pages[0], {
              isSettled: !activity.isPending,
              hasAllNames: false,
            })}
            onRemove={showAll}
          />
        </div>
      )}
      <Activity viewer={viewer} activity={activity} isOfToken={tokenId !== null} onShowAll={showAll} />
    </Stack>
  )
}

interface ActivityProps {
  viewer: Self
  activity: ReturnType<typeof useActivity>
  /** Whether it lists the events of an access token only. */
  isOfToken: boolean
  onShowAll: () => void
}

function Activity({ viewer, activity, isOfToken, onShowAll }: ActivityProps) {
  if (activity.isPending) return <Skeleton label="Loading your activity" kind="rows" blocks={6} />
  const events = activity.data?.pages.flatMap((page) => page.items) ?? []
  if (activity.isError && events.length === 0) {
    const retry = () => void activity.refetch()
    return <FailedState error={activity.error} retrying={activity.isFetching} onRetry={retry} />
  }
  if (events.length === 0) {
    return isOfToken ? (
      <EmptyState icon={SearchX} title="No events found">
        <p>No event of the last 180 days is about this token.</p>
        <Button onClick={onShowAll}>Show all activity</Button>
      </EmptyState>
    ) : (
      <EmptyState icon={History} title="No activity">
        <p>Log-ins and changes of your account appear here. Nothing happened in the last 180 days.</p>
      </EmptyState>
    )
  }
  return (
    <GrowingList label="Activity" className={itemListClass} items={events} query={activity}>
      {(event) => <ActivityRow viewer={viewer} event={event} now={activity.dataUpdatedAt} />}
    </GrowingList>
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
