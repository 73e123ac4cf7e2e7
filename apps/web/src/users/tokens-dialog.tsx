import type { Self, UserRow } from '@app/contract'
import { useRef } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { ItemList } from '../components/item-list.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { TokenRow } from '../tokens/token-row.tsx'
import { useTokensOfUser } from '../tokens/use-tokens.ts'

interface TokensDialogProps {
  viewer: Self
  user: UserRow
  onClose: () => void
}

/** Lists the access tokens of a user, each with a button that revokes it. */
export function TokensDialog({ viewer, user, onClose }: TokensDialogProps) {
  const tokens = useTokensOfUser(viewer, user.id)
  const list = useRef<HTMLUListElement>(null)
  const close = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      title={`Access tokens of ${user.username}`}
      onClose={onClose}
      main={
        <Button ref={close} onClick={onClose}>
          Close
        </Button>
      }
    >
      {tokens.isPending && <Skeleton label="Loading access tokens" kind="rows" />}
      {tokens.isError && (
        <FailedState
          error={tokens.error}
          retrying={tokens.isFetching}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.data?.length === 0 && <p>{user.username} has no access tokens.</p>}
      {tokens.data !== undefined && tokens.data.length > 0 && (
        <ItemList ref={list} label="Access tokens">
          {tokens.data.map((token) => (
            <li key={token.id}>
              <TokenRow
                viewer={viewer}
                token={token}
                nowMs={tokens.dataUpdatedAt}
                isOfAnother
                // The list disappears with its last row.
                onRevoked={() => (list.current ?? close.current)?.focus()}
              />
            </li>
          ))}
        </ItemList>
      )}
    </Dialog>
  )
}
