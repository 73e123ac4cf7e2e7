import type { Self } from '@app/contract'
import { useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
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
  if (sessions.isPending) return <Skeleton label="Loading your sessions" />
  if (sessions.isError && sessions.data === undefined) {
    const retry = () => void sessions.refetch()
    return <FailedState error={sessions.error} retrying={sessions.isFetching} onRetry={retry} />
  }
  const others = sessions.data.filter((session) => !session.current)
  return (
    <Stack>
      {others.length > 0 && (
        <div className={styles['others']}>
          <p>{others.length === 1 ? 'One other session.' : `${others.length} other sessions.`}</p>
          <Button look="danger" onClick={() => setEnding(true)}>
            End all other sessions
          </Button>
        </div>
      )}
      <Card>
        <ul ref={list} tabIndex={-1} className={styles['list']} aria-label="Sessions">
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
        </ul>
      </Card>
      {others.length === 0 && (
        <EmptyState title="No other sessions">
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
