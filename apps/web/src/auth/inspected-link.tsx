import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CallFailed, isOwnDefect } from '../api/call-failed.ts'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'

interface InspectedLinkProps<State> {
  /** The kind of the link, and its secret; null when it is incomplete. */
  link: readonly [kind: string, secret: string | null]
  /** Asks the server about the link. Throws `CallFailed`. */
  inspect: (secret: string) => Promise<State>
  /** Shown when the link does not work. */
  dead: ReactNode
  children: (state: State, secret: string) => ReactNode
}

/** Shows the page of a link after the server has said that the link works. */
export function InspectedLink<State>({ link, inspect, dead, children }: InspectedLinkProps<State>) {
  const [kind, secret] = link
  const inspected = useQuery({
    queryKey: ['link', kind, secret],
    queryFn: () => inspect(secret ?? ''),
    enabled: secret !== null,
    // While the form is filled in, only its submit finds out that the link was used elsewhere.
    staleTime: Infinity,
    gcTime: 0,
    throwOnError: isOwnDefect,
  })
  if (secret === null || isDead(inspected.error)) return dead
  if (inspected.isError) {
    return (
      <Page title="This link cannot be checked" width="narrow">
        <FailedState
          error={inspected.error}
          retrying={inspected.isFetching}
          onRetry={() => void inspected.refetch()}
        />
      </Page>
    )
  }
  return inspected.isPending ? <Skeleton label="Checking the link" /> : children(inspected.data, secret)
}

function isDead(error: Error | null): boolean {
  return error instanceof CallFailed && error.failure.reason === 'LINK_INVALID'
}
