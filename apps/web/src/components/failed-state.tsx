import { TriangleAlert } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { CallFailed } from '../api/call-failed.ts'
import { failureMessage } from '../api/failure-text.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'
import { Button } from './button.tsx'
import { focusHeading } from './focus-heading.ts'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { RequestId } from './request-id.tsx'
import styles from './state.module.css'

interface FailedStateProps {
  error: Error
  retrying: boolean
  onRetry: () => void
  /** The automatic retry when the server is back. Default: `onRetry`. */
  onReturn?: () => void
}

/** Shown in place of the value of a failed query. */
export function FailedState({ error, retrying, onRetry, onReturn = onRetry }: FailedStateProps) {
  useRetryOnReturn(error, onReturn)
  const box = useRef<HTMLDivElement>(null)
  // A retry removes the pressed button. This effect runs while the button is still in the document.
  useLayoutEffect(() => {
    const element = box.current
    return () => {
      if (element?.contains(document.activeElement)) focusHeading()
    }
  }, [])
  // Any other error is a defect of this app: the crash page shows it.
  if (!(error instanceof CallFailed)) throw error
  return (
    <div ref={box} className={styles['state']} role="alert">
      <span className={styles['mark']}>
        <Icon icon={TriangleAlert} size="large" />
      </span>
      <p className={styles['title']}>
        <MessageText message={failureMessage(error.failure, error.failedAt)} />
      </p>
      {error.failure.reason === 'INTERNAL' && <RequestId id={error.requestId} />}
      <Button onClick={onRetry} pending={retrying}>
        Try again
      </Button>
    </div>
  )
}
