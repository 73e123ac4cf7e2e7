import { roles } from '@app/contract'
import type { Self, UserRow } from '@app/contract'
import { Fragment, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link } from 'wouter'
import type { Message } from '../api/failure-text.ts'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Moment } from '../components/moment.tsx'
import { Row } from '../components/row.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useSession } from '../session/session-context.ts'
import { adminActionTexts } from './admin-actions.ts'
import type { AdminAction } from './admin-actions.ts'
import { useAdminAction } from './use-admin-action.ts'
import styles from './users.module.css'

interface ManageUserProps {
  viewer: Self
  user: UserRow
  /** The account no longer exists; the message says why. */
  onRemoved: (message: string) => void
}

/** Renders the admin actions on a user and the result of the last one. */
export function ManageUser({ viewer, user, onRemoved }: ManageUserProps) {
  const perform = useAdminAction(viewer, user)
  const flash = useFlash()
  const session = useSession()
  const [confirming, setConfirming] = useState<AdminAction>()
  const [running, setRunning] = useState<AdminAction>()
  const [problem, setProblem] = useState<Message>()
  const [done, setDone] = useState('')
  const { username } = user
  const textsOf = (action: AdminAction) => adminActionTexts(action, username, user.id === viewer.id)
  const question = confirming && textsOf(confirming).question

  async function run(action: AdminAction) {
    setRunning(action)
    setProblem(undefined)
    setDone('')
    const outcome = await perform(action)
    setRunning(undefined)
    if (outcome.status === 'rejected') return setProblem(outcome.problem)
    const { status, message } = outcome
    // Synchronously, because an open dialog would prevent that the focus moves.
    flushSync(() => setConfirming(undefined))
    if (status === 'done') setDone(message)
    if (status === 'removed') onRemoved(message)
    if (status === 'demoted') {
      flash.show(message, { kind: 'notice' })
      // The focused button disappears with all elements for administrators.
      document.getElementById('main')?.focus()
      void session.recheck()
    }
  }

  function start(action: AdminAction) {
    if (textsOf(action).question === undefined) return void run(action)
    setProblem(undefined)
    setDone('')
    setConfirming(action)
  }

  const actionButton = (action: AdminAction) => (
    <Button
      look={action === 'remove' ? 'danger' : 'plain'}
      pending={running === action}
      unavailable={running !== undefined && running !== action}
      onClick={() => start(action)}
    >
      {textsOf(action).label}
      <VisuallyHidden> ({username})</VisuallyHidden>
    </Button>
  )

  return (
    <div role="group" aria-label={`Manage ${username}`} className={styles['manage']}>
      <p className={styles['muted']}>
        Joined <Moment at={user.createdAt} dayOnly /> ·{' '}
        <Link href={`/audit?user=${user.id}`}>Audit of {username}</Link>
      </p>
      <Row>
        {/* Keyed by position, so that after a change of role the focus stays on a button of this row. */}
        {roles
          .filter((role) => role !== user.role)
          .map((role, position) => (
            <Fragment key={position}>{actionButton(`give-${role}`)}</Fragment>
          ))}
        {actionButton('end-sessions')}
        {actionButton(user.disabled === true ? 'enable' : 'disable')}
        {actionButton('remove')}
      </Row>
      <div role="status">{done !== '' && <p className={styles['done']}>{done}</p>}</div>
      {confirming === undefined && <FormAlert problem={problem} />}
      {confirming !== undefined && question !== undefined && (
        <ConfirmDialog
          title={question.title}
          confirmLabel={question.confirm}
          pending={running !== undefined}
          problem={problem}
          onConfirm={() => void run(confirming)}
          onClose={() => {
            setConfirming(undefined)
            setProblem(undefined)
          }}
        >
          <p>{question.what}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
