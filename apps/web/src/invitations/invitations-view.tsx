import type { CreatedInvitation, Invitation, Self } from '@app/contract'
import { MailPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { focusHeading } from '../components/focus-heading.ts'
import { ItemList } from '../components/item-list.tsx'
import { confirmLeave } from '../components/leave-guard.ts'
import { Page } from '../components/page.tsx'
import { Pager } from '../components/pager.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { usePageTrail } from '../components/use-page-trail.ts'
import { InvitationRow } from './invitation-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { NewInvitation } from './new-invitation.tsx'
import { useInvitations } from './use-invitations.ts'

/** Lists the invitations for admins, and creates new ones in a dialog. */
export function InvitationsView({ viewer }: { viewer: Self }) {
  const trail = usePageTrail()
  const invitations = useInvitations(viewer, trail.cursor)
  const [isCreating, setIsCreating] = useState(false)
  const [created, setCreated] = useState<z.infer<typeof CreatedInvitation>>()
  const list = useRef<HTMLUListElement>(null)
  const items = invitations.data?.items ?? []
  // The link on the page would be replaced by the next one.
  const open = () =>
    confirmLeave(() => {
      setCreated(undefined)
      setIsCreating(true)
    })

  function onDone() {
    setCreated(undefined)
    // The button disappears.
    focusHeading()
  }

  function onRevoked({ id }: Invitation) {
    if (id === created?.invitation.id) setCreated(undefined)
    list.current?.focus()
  }

  return (
    <Page
      title="Invitations"
      lead="An invitation lets one new user sign up, within 7 days."
      aside={
        <Button look="primary" onClick={open}>
          New invitation
        </Button>
      }
    >
      <Stack>
        {created !== undefined && (
          <NewInvitation key={created.invitation.id} created={created} onDone={onDone} />
        )}
        {invitations.isPending && <Skeleton label="Loading invitations" kind="rows" />}
        {invitations.isError && (
          <FailedState
            error={invitations.error}
            retrying={invitations.isFetching}
            onRetry={() => void invitations.refetch()}
          />
        )}
        {invitations.isSuccess && items.length === 0 && (
          <EmptyState icon={MailPlus} title="No invitations yet">
            <p>Invitations that you create appear here. You can revoke them until they are accepted.</p>
            <Button onClick={open}>Create the first invitation</Button>
          </EmptyState>
        )}
        {items.length > 0 && (
          <ItemList ref={list} label="Invitations" busy={invitations.isPlaceholderData}>
            {items.map((invitation) => (
              <li key={invitation.id}>
                <InvitationRow
                  viewer={viewer}
                  invitation={invitation}
                  nowMs={invitations.dataUpdatedAt}
                  onRevoked={() => onRevoked(invitation)}
                />
              </li>
            ))}
          </ItemList>
        )}
        <Pager
          trail={trail}
          nextCursor={invitations.data?.nextCursor ?? null}
          pending={invitations.isPlaceholderData}
        />
      </Stack>
      {isCreating && (
        <Dialog title="New invitation" onClose={() => setIsCreating(false)}>
          <InviteForm
            viewer={viewer}
            onCancel={() => setIsCreating(false)}
            onCreated={(invitation) => {
              setIsCreating(false)
              setCreated(invitation)
            }}
          />
        </Dialog>
      )}
    </Page>
  )
}
