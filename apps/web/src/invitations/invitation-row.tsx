import type { Invitation, Self } from '@app/contract'
import { MailCheck, MailPlus, MailX } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { IconTile } from '../components/icon-tile.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { useRefreshInvitations } from './use-invitations.ts'

interface InvitationRowProps {
  viewer: Self
  invitation: Invitation
  /** The time at which the list was loaded, for "3 minutes ago". */
  nowMs: number
  /** Called after the invitation was revoked. The caller moves the focus, because the button is removed. */
  onRevoked: () => void
}

const statuses = {
  open: { icon: MailPlus, tone: 'accent', text: 'Open' },
  accepted: { icon: MailCheck, tone: 'success', text: 'Accepted' },
  revoked: { icon: MailX, tone: 'neutral', text: 'Revoked' },
  expired: { icon: MailX, tone: 'neutral', text: 'Expired' },
} as const satisfies Record<Invitation['status'], object>

/** Renders an invitation. An open one can be revoked. */
export function InvitationRow({ viewer, invitation, nowMs, onRevoked }: InvitationRowProps) {
  const [confirming, setConfirming] = useState(false)
  const { icon, tone, text } = statuses[invitation.status]
  const name = invitation.email ?? 'anyone with the link'
  const title = invitation.email === null ? 'Anyone with the link' : <Untranslated>{name}</Untranslated>
  return (
    <ItemRow
      heading
      actionBelow
      lead={<IconTile icon={icon} tone={tone} />}
      title={title}
      badges={<Badge tone={tone}>{text}</Badge>}
      detail={
        <>
          <span>Invited by {creator(invitation)}</span>
          <span>
            Created <MomentAgo at={invitation.createdAt} now={nowMs} />
          </span>
          {invitation.acceptedBy !== null && (
            <span>
              Accepted by <Untranslated>{invitation.acceptedBy}</Untranslated>
            </span>
          )}
        </>
      }
      {...(invitation.status === 'open' && {
        action: (
          <Button onClick={() => setConfirming(true)}>
            Revoke<VisuallyHidden> the invitation of {name}</VisuallyHidden>
          </Button>
        ),
      })}
    >
      {confirming && (
        <RevokeInvitation
          viewer={viewer}
          invitation={invitation}
          onClose={() => setConfirming(false)}
          onRevoked={onRevoked}
        />
      )}
    </ItemRow>
  )
}

function creator({ createdBy }: Invitation) {
  return createdBy === null ? 'the operator' : <Untranslated>{createdBy}</Untranslated>
}

interface RevokeInvitationProps extends Omit<InvitationRowProps, 'nowMs'> {
  onClose: () => void
}

function RevokeInvitation({ viewer, invitation, onClose, onRevoked }: RevokeInvitationProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, run } = useConfirmedAction(useRefreshInvitations(viewer))

  async function revoke() {
    const revoked = await run(
      () => client.invitations.revoke.mutate({ id: invitation.id }),
      () => end('This invitation was already accepted or revoked.'),
    )
    if (revoked) end('Invitation revoked. Its link does not work any more.')
  }

  function end(message: string) {
    // The closing dialog returns the focus to its button, which is removed.
    flushSync(onClose)
    flash.show(message)
    onRevoked()
  }

  return (
    <ConfirmDialog
      title="Revoke this invitation?"
      confirmLabel="Revoke invitation"
      pending={pending}
      problem={problem}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      <p>Its link stops working immediately. You can create another invitation.</p>
    </ConfirmDialog>
  )
}
