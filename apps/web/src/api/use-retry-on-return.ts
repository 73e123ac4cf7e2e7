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
