import { MomentAgo } from '../../components/moment.tsx'

interface FactorDatesProps {
  createdAt: string
  lastUsedAt: string | null
  /** When the overview was loaded, in milliseconds since 1970 UTC. */
  nowMs: number
}

/** Shows when a way to log in was added and last used. */
export function FactorDates({ createdAt, lastUsedAt, nowMs }: FactorDatesProps) {
  return (
    <>
      <span>
        Added <MomentAgo at={createdAt} now={nowMs} />
      </span>
      <span>
        {lastUsedAt === null ? (
          <span key="never">Not used yet</span>
        ) : (
          <span key="used">
            Last used <MomentAgo at={lastUsedAt} now={nowMs} />
          </span>
        )}
      </span>
    </>
  )
}
