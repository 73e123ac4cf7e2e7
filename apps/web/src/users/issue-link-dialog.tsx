import type { Self, UserRow } from '@app/contract'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Dialog } from '../components/dialog.tsx'
import { DoneButton } from '../components/done-button.tsx'
import { confirmLeave } from '../components/leave-guard.ts'
import { LeaveQuestion } from '../components/leave-question.tsx'
import { Moment } from '../components/moment.tsx'
import { issuedLinkTexts } from './issued-links.ts'
import type { Issued, IssuedLinkKind } from './issued-links.ts'
import { useUsersCache } from './use-users.ts'

/** The link that an admin wants to make. */
export interface WantedLink {
  kind: IssuedLinkKind
  user: UserRow
  /** The account no longer exists; the message says why. */
  onRemoved: (message: string) => void
}

interface IssueLinkDialogProps extends WantedLink {
  viewer: Self
  onClose: () => void
}

/**
 * Asks, then shows a link that the admin hands over. No admin sees a password or a second factor.
 */
export function IssueLinkDialog({ kind, viewer, user, onClose, onRemoved }: IssueLinkDialogProps) {
  const { client } = useApi()
  const users = useUsersCache(viewer)
  const { pending, problem, setProblem, run } = useConfirmedAction()
  const [issued, setIssued] = useState<Issued>()
  const [isCopied, setIsCopied] = useState(false)
  const { id, username } = user
  const { question, title, label, notPossible } = issuedLinkTexts(kind, username)

  async function issue() {
    const link = await run<Issued>(
      () =>
        kind === 'recovery'
          ? client.recovery.issueLink.mutate({ id })
          : client.users.resetFactors.mutate({ id }),
      showNotFound,
    )
    if (link === undefined) return
    // The link is an audit event.
    users.changed(id, {})
    setIssued(link)
  }

  function showNotFound() {
    if (notPossible !== undefined) return setProblem(notPossible)
    users.markOutdated()
    onClose()
    onRemoved(`${username} no longer exists: the account was removed.`)
  }

  if (issued !== undefined) {
    return (
      <Dialog
        title={title}
        onClose={() => confirmLeave(onClose)}
        main={<DoneButton look="primary" onDone={onClose} />}
      >
        <p>
          Give this link to {username} in a way that only they can read. It works once,{' '}
          {'effectiveAt' in issued && (
            <>
              from <Moment at={issued.effectiveAt} />{' '}
            </>
          )}
          until <Moment at={issued.expiresAt} />, and is not shown again.
        </p>
        <Copyable boxed label={label} text={issued.link} onCopied={() => setIsCopied(true)} />
        <LeaveQuestion isKept={isCopied} title="Continue without copying the link?">
          <p>It is not shown again. Without a copy, make a new one.</p>
        </LeaveQuestion>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      title={question.title}
      confirmLabel={question.confirm}
      confirmLook="primary"
      pending={pending}
      problem={problem}
      onConfirm={() => void issue()}
      onClose={onClose}
    >
      <p>{question.what}</p>
      <p>{question.check}</p>
    </ConfirmDialog>
  )
}
