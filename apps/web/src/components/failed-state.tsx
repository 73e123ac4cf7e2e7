import { TriangleAlert } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { CallFailed } from '../api/call-failed.ts'
import { failureMessage } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'
import { ButtonLink } from './button-link.tsx'
import { Button } from './button.tsx'
import { focusHeading } from './focus-heading.ts'
import { Icon } from './icon.tsx'
import { MessageText } from './message-text.tsx'
import { RequestId } from './request-id.tsx'
import styles from './state.module.css'

interface FailedStateProps {
  error: Error
  /** Replaces the sentence of the failure. */
  text?: string | undefined
  retrying: boolean
  onRetry: () => void
  /** The automatic retry when the server is back. Default: `onRetry`. */
  onReturn?: () => void
}

/** Shown in place of the value of a failed query. */
export function FailedState({ error, text, retrying, onRetry, onReturn = onRetry }: FailedStateProps) {
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
        <MessageText message={text ?? messageOf(error)} />
      </p>
      {error.failure.reason === 'INTERNAL' && <RequestId id={error.requestId} />}
      {error.failure.reason === 'FACTOR_REQUIRED' ? (
        <ButtonLink href="/account/security?factor-required" look="primary">
          Set up a second factor
        </ButtonLink>
      ) : (
        <Button onClick={onRetry} pending={retrying}>
          Try again
        </Button>
      )}
    </div>
  )
}

function messageOf({ failure, failedAt }: CallFailed): Message {
  switch (failure.reason) {
    case 'FACTOR_REQUIRED':
      return 'Admins need a second factor here. Set one up, then open this page again.'
    case 'REAUTH_REQUIRED':
      return 'Confirm that it is you to see this.'
    default:
      return failureMessage(failure, failedAt)
  }
}
