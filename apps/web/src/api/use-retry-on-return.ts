import { useEffect, useRef } from 'react'
import { CallFailed } from './call-failed.ts'
import { failureMessage } from './failure-text.ts'
import { onServerReturn } from './server-return.ts'

/** Failures that pass without the user: the network, the server, its database or its patience. */
const passing: ReadonlySet<string> = new Set([
  'UNREACHABLE',
  'UNAVAILABLE',
  'BUSY',
  'RATE_LIMITED',
  'INTERNAL',
])

/** Tries again when the server is back, for as long as a failure that can pass is on screen. */
export function useRetryOnReturn(error: Error | null, onRetry: () => void): void {
  const retry = useRef(onRetry)
  useEffect(() => {
    retry.current = onRetry
  }, [onRetry])
  useEffect(() => {
    if (!(error instanceof CallFailed) || !passing.has(error.failure.reason)) return undefined
    const message = failureMessage(error.failure, error.failedAt)
    return onServerReturn(() => retry.current(), typeof message === 'string' ? 0 : message.retryAt)
  }, [error])
}
