import { useEffect, useRef } from 'react'
import { CallFailed } from './call-failed.ts'
import { failureMessage } from './failure-text.ts'
import { onServerReturn } from './server-return.ts'

/** Failures that can end without the user: of the network, the server, its database or its allowances. */
const temporary: ReadonlySet<string> = new Set([
  'UNREACHABLE',
  'UNAVAILABLE',
  'BUSY',
  'RATE_LIMITED',
  'INTERNAL',
])

/** Retries when the server is back, while a temporary failure is on screen. */
export function useRetryOnReturn(error: Error | null, onRetry: () => void): void {
  const retry = useRef(onRetry)
  useEffect(() => {
    retry.current = onRetry
  }, [onRetry])
  useEffect(() => {
    if (!(error instanceof CallFailed) || !temporary.has(error.failure.reason)) return undefined
    const message = failureMessage(error.failure, error.failedAt)
    return onServerReturn(() => retry.current(), typeof message === 'string' ? 0 : message.retryAt)
  }, [error])
}

interface RefetchableQuery {
  data: unknown
  error: Error | null
  /** Of a list that loads page by page: the list shows this failure, and retries. */
  isFetchNextPageError?: boolean
  refetch: (options: { cancelRefetch: boolean }) => unknown
}

/**
 * Refetches a query when the server is back, if its last refetch failed and its former value is on screen.
 * Without a value, the `FailedState` in its place retries.
 * @returns the query
 */
export function useRefetchOnReturn<Query extends RefetchableQuery>(query: Query): Query {
  const { data, error, isFetchNextPageError = false, refetch } = query
  const isShown = data === undefined || isFetchNextPageError
  useRetryOnReturn(isShown ? null : error, () => void refetch({ cancelRefetch: false }))
  return query
}
