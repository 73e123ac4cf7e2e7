import type { Message } from '../api/failure-text.ts'
import { roles, type Self, type UserRow } from '@app/contract'
import { Fragment, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link } from 'wouter'

import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Moment } from '../components/moment.tsx'
import { Row } from '../components/row.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useSession } from '../session/session-context.ts'
import { type Deed, deedWords } from './deeds.ts'
import { useDeed } from './use-deed.ts'
import styles from './users.module.css'

interface ManageUserProps {
  viewer: Self
  user: UserRow
  /** There is no such account any more; the sentence says why. */
  onGone: (sentence: string) => void
}

/** What an administrator can do to an account, and what came of it. */
export function ManageUser({ viewer, user, onGone }: ManageUserProps) {
  const act = useDeed(viewer, user)
  const flash = useFlash()
  const session = useSession()
  const [asking, setAsking] = useState<Deed>()
  const [doing, setDoing] = useState<Deed>()
  const [problem, setProblem] = useState<Message>()
  const [done, setDone] = useState('')
  const { username } = user
  const wordsOf = (deed: Deed) => deedWords(deed, username, user.id === viewer.id)
  const question = asking && wordsOf(asking).question

  async function perform(deed: Deed) {
    setDoing(deed)
    setProblem(undefined)
    setDone('')
    const outcome = await act(deed)
    setDoing(undefined)
    if (outcome.state === 'refused') return setProblem(outcome.problem)
    const { state, sentence } = outcome
    // Now, not with the next frame: an open dialog would keep the focus from going elsewhere.
    flushSync(() => setAsking(undefined))
    if (state === 'done') setDone(sentence)
    if (state === 'gone') onGone(sentence)
    if (state === 'demoted') {
      flash.show(sentence)
      // What holds the focus is about to go, as everything for administrators.
      document.getElementById('main')?.focus()
      void session.recheck()
    }
  }

  function start(deed: Deed) {
    if (wordsOf(deed).question === undefined) return void perform(deed)
    setProblem(undefined)
    setDone('')
    setAsking(deed)
  }

  const deedButton = (deed: Deed) => (
    <Button
      look={deed === 'remove' ? 'danger' : 'plain'}
      pending={doing === deed}
      unavailable={doing !== undefined && doing !== deed}
      onClick={() => start(deed)}
    >
      {wordsOf(deed).label}
      <VisuallyHidden> ({username})</VisuallyHidden>
    </Button>
  )

  return (
    <div role="group" aria-label={`Manage ${username}`} className={styles['manage']}>
      <p className={styles['soft']}>
        Joined <Moment at={user.createdAt} dayOnly /> ·{' '}
        <Link href={`/audit?person=${user.id}`}>Audit of {username}</Link>
      </p>
      <Row>
        {/* Keyed by position: after a change of role the focus stays on a button of this row. */}
        {roles
          .filter((role) => role !== user.role)
          .map((role, position) => (
            <Fragment key={position}>{deedButton(`give-${role}`)}</Fragment>
          ))}
        {deedButton('end-sessions')}
        {deedButton(user.disabled === true ? 'enable' : 'disable')}
        {deedButton('remove')}
      </Row>
      <div role="status">{done !== '' && <p className={styles['done']}>{done}</p>}</div>
      {asking === undefined && <FormAlert problem={problem} />}
      {asking !== undefined && question !== undefined && (
        <ConfirmDialog
          title={question.title}
          confirmLabel={question.confirm}
          pending={doing !== undefined}
          problem={problem}
          onConfirm={() => void perform(asking)}
          onClose={() => {
            setAsking(undefined)
            setProblem(undefined)
          }}
        >
          <p>{question.what}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}
