import type { Self } from '@app/contract'
import { MonitorCheck } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { ItemList } from '../components/item-list.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { EndOtherSessions } from './end-other-sessions.tsx'
import { SessionRow } from './session-row.tsx'
import { useSessions } from './use-sessions.ts'
import styles from './sessions.module.css'

/** Lists the viewer's sessions: this browser first, then the others with a button to end each. */
export function SessionsView({ viewer }: { viewer: Self }) {
  const sessions = useSessions(viewer)
  const [ending, setEnding] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  if (sessions.isPending) return <Skeleton label="Loading your sessions" kind="rows" />
  if (sessions.isError && sessions.data === undefined) {
    const retry = () => void sessions.refetch()
    return <FailedState error={sessions.error} retrying={sessions.isFetching} onRetry={retry} />
  }
  const others = sessions.data.filter((session) => !session.current)
  return (
    <Stack>
      {others.length > 0 && (
        <div className={styles['others']}>
          <p>{others.length === 1 ? '1 other session' : `${others.length} other sessions`}</p>
          <Button onClick={() => setEnding(true)}>End all other sessions</Button>
        </div>
      )}
      <ItemList ref={list} label="Sessions">
        {sessions.data.map((session) => (
          <li key={session.id}>
            <SessionRow
              viewer={viewer}
              session={session}
              nowMs={sessions.dataUpdatedAt}
              onEnded={() => list.current?.focus()}
            />
          </li>
        ))}
      </ItemList>
      {others.length === 0 && (
        <EmptyState icon={MonitorCheck} title="No other sessions">
          <p>You are logged in on this device only.</p>
        </EmptyState>
      )}
      {ending && (
        <EndOtherSessions
          viewer={viewer}
          count={others.length}
          onClose={() => setEnding(false)}
          onEnded={() => list.current?.focus()}
        />
      )}
    </Stack>
  )
}
