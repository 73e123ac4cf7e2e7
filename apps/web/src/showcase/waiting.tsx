import { CallFailed } from '../api/call-failed.ts'
import { Button } from '../components/button.tsx'
import { Countdown } from '../components/countdown.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Kind, Specimen } from './specimen.tsx'

const internal = new CallFailed({ reason: 'INTERNAL' }, '0192f7e1-3b7c-7a55-9c1e-2f51c0ffee00')
const offline = new CallFailed({ reason: 'UNREACHABLE' }, null)
const busy = new CallFailed({ reason: 'BUSY', retryAfterSeconds: 1 }, null)

const inAWhile = Date.now() + 95_000

/** Placeholders and empty states. */
export function Waiting() {
  return (
    <Kind name="Empty, failed, loading">
      <Specimen name="empty">
        <EmptyState title="No documents yet">
          <p>Only you can read what you write here.</p>
          <Button>Write your first document</Button>
        </EmptyState>
      </Specimen>
      <Specimen name="failed">
        <FailedState error={internal} retrying={false} onRetry={() => {}} />
      </Specimen>
      <Specimen name="offline">
        <FailedState error={offline} retrying={false} onRetry={() => {}} />
      </Specimen>
      <Specimen name="trying again">
        <FailedState error={busy} retrying onRetry={() => {}} />
      </Specimen>
      <Specimen name="countdown">
        <p>
          Too many attempts. <Countdown until={inAWhile} />
        </p>
      </Specimen>
      {(['cards', 'rows', 'sheet'] as const).map((kind) => (
        <Specimen key={kind} name={`loading: ${kind}`}>
          <Skeleton label={`Loading ${kind}`} kind={kind} blocks={kind === 'sheet' ? 1 : 3} />
        </Specimen>
      ))}
    </Kind>
  )
}
