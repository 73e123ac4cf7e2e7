import type { CreatedInvitation, Self } from '@app/contract'
import { MailPlus } from 'lucide-react'
import { useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { Card } from '../components/card.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { ItemList } from '../components/item-list.tsx'
import { Page } from '../components/page.tsx'
import { Pager } from '../components/pager.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { usePageTrail } from '../components/use-page-trail.ts'
import { InvitationRow } from './invitation-row.tsx'
import { InviteForm } from './invite-form.tsx'
import { NewInvitation } from './new-invitation.tsx'
import { useInvitations } from './use-invitations.ts'

/** Lets admins invite users, and lists the invitations. */
export function InvitationsView({ viewer }: { viewer: Self }) {
  const trail = usePageTrail()
  const invitations = useInvitations(viewer, trail.cursor)
  const [created, setCreated] = useState<z.infer<typeof CreatedInvitation>>()
  const list = useRef<HTMLUListElement>(null)
  const items = invitations.data?.items ?? []
  return (
    <Page title="Invitations" lead="An invitation lets one new user sign up, within 7 days.">
      <Stack>
        <Card heading="Invite a user">
          <InviteForm viewer={viewer} onCreated={setCreated} />
          {created !== undefined && <NewInvitation key={created.invitation.id} created={created} />}
        </Card>
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
                  onRevoked={() => list.current?.focus()}
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
    </Page>
  )
}
