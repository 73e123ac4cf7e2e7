import type { Self } from '@app/contract'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { MailboxLink } from '../auth/mailbox-link.tsx'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Row } from '../components/row.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import { useSession } from '../session/session-context.ts'
import { RemoveEmail } from './remove-email.tsx'
import styles from './email.module.css'

/** Shows the confirmed address, and one that waits for its confirmation. */
export function EmailStatus({ viewer, sendsMail }: { viewer: Self; sendsMail: boolean }) {
  const { email, emailVerified, pendingEmail } = viewer
  if (email === null) {
    return (
      <p className={styles['note']}>
        None. With a confirmed email you can get back in if you forget your password, and you hear about
        changes of your account.
      </p>
    )
  }
  return (
    <div className={styles['addresses']}>
      {emailVerified && <Address address={email} badge={<Badge tone="success">Confirmed</Badge>} />}
      {pendingEmail !== null && (
        <>
          <Address address={pendingEmail} badge={<Badge tone="warning">Not confirmed</Badge>} />
          {sendsMail && (
            <SendAgain replaces={emailVerified ? email : null}>
              <RemoveEmail viewer={viewer} />
            </SendAgain>
          )}
        </>
      )}
      {(pendingEmail === null || !sendsMail) && (
        <Row>
          <RemoveEmail viewer={viewer} />
        </Row>
      )}
    </div>
  )
}

function Address({ address, badge }: { address: string; badge: ReactNode }) {
  return (
    <p className={styles['address']}>
      <Untranslated>{address}</Untranslated> {badge}
    </p>
  )
}

interface SendAgainProps {
  /** The confirmed address, which stays in use until the new one is confirmed. */
  replaces: string | null
  /** Buttons beside its own. */
  children: ReactNode
}

function SendAgain({ replaces, children }: SendAgainProps) {
  const api = useApi()
  const flash = useFlash()
  const session = useSession()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function send() {
    setPending(true)
    setProblem(undefined)
    const result = await api.attempt(api.client.email.requestVerification.mutate({}))
    setPending(false)
    if (result.ok) return flash.show('The link is on its way.')
    const { failure } = result
    switch (failure.reason) {
      case 'NOT_FOUND':
        // Confirmed or removed elsewhere.
        return void session.recheck()
      case 'MAIL_UNAVAILABLE':
        return setProblem(failureText(failure))
      default:
        return setProblem(buttonProblem(failure, result.requestId))
    }
  }

  return (
    <>
      <p className={styles['note']}>
        {replaces === null ? (
          <span key="first">Open the link in the mail to confirm this email. It works for 24 hours.</span>
        ) : (
          <span key="change">
            Open the link in the mail to change to this email. Until then{' '}
            <Untranslated>{replaces}</Untranslated> stays in use.
          </span>
        )}
      </p>
      <MailboxLink />
      <FormAlert problem={problem} />
      <Row>
        <Button pending={pending} onClick={() => void send()}>
          Send the link again
        </Button>
        {children}
      </Row>
    </>
  )
}
