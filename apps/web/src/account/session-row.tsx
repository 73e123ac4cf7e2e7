import type { Self, Session } from '@app/contract'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { Button } from '../components/button.tsx'
import { deviceName } from '../components/device-name.ts'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Moment } from '../components/moment.tsx'
import { timeAgo } from '../components/time-ago.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useRefreshedSessions } from './use-sessions.ts'
import styles from './sessions.module.css'

interface SessionRowProps {
  viewer: Self
  session: Session
  /** The time at which the list was loaded, for "3 minutes ago". */
  nowMs: number
  /** Called after the session ended. The caller moves the focus, because the row is removed. */
  onEnded: () => void
}

export function SessionRow({ viewer, session, nowMs, onEnded }: SessionRowProps) {
  const device = deviceName(session.userAgent)
  return (
    <div className={styles['row']}>
      <div className={styles['description']}>
        <h2 className={styles['device']}>
          {device}
          {session.current && <span className={styles['tag']}>This device</span>}
        </h2>
        <dl className={styles['facts']}>
          <dt>Last seen</dt>
          <dd>{session.current ? 'now' : <SeenBefore at={session.lastSeenAt} nowMs={nowMs} />}</dd>
          <dt>Address</dt>
          <dd>{session.ip ?? 'unknown'}</dd>
          <dt>Logged in</dt>
          <dd>
            <Moment at={session.createdAt} />
          </dd>
        </dl>
      </div>
      {!session.current && <EndSession viewer={viewer} session={session} device={device} onEnded={onEnded} />}
    </div>
  )
}

function SeenBefore({ at, nowMs }: { at: string; nowMs: number }) {
  return (
    <>
      {timeAgo(at, nowMs)}{' '}
      <span className={styles['muted']}>
        (<Moment at={at} />)
      </span>
    </>
  )
}

type EndSessionProps = Omit<SessionRowProps, 'nowMs'> & { device: string }

function EndSession({ viewer, session, device, onEnded }: EndSessionProps) {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const flash = useFlash()
  const refresh = useRefreshedSessions(viewer)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function end() {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(() => client.sessions.revoke.mutate({ id: session.id }))
    if (result.ok) await showEnded(`Session ended: ${device}.`)
    else {
      const { failure } = result
      switch (failure.reason) {
        case 'NOT_FOUND':
          // Already ended, as the user wanted.
          await showEnded('That session had already ended.')
          break
        case 'REAUTH_REQUIRED':
          setProblem(failureText(failure))
          break
        default:
          setProblem(buttonProblem(failure, result.requestId))
      }
    }
    setPending(false)
  }

  async function showEnded(message: string) {
    flash.show(message)
    await refresh()
    onEnded()
  }

  return (
    <>
      <Button look="danger" pending={pending} onClick={() => void end()}>
        End session<VisuallyHidden> {device}</VisuallyHidden>
      </Button>
      {problem !== undefined && (
        <div className={styles['problem']}>
          <FormAlert problem={problem} />
        </div>
      )}
    </>
  )
}
