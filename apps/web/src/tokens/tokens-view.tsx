import type { CreatedToken, Self, Token } from '@app/contract'
import { KeySquare } from 'lucide-react'
import { useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { focusHeading, focusListOrHeading } from '../components/focus-heading.ts'
import { ItemList } from '../components/item-list.tsx'
import { confirmLeave } from '../components/leave-guard.ts'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { NewToken } from './new-token.tsx'
import { TokenForm } from './token-form.tsx'
import { TokenRow } from './token-row.tsx'
import { useTokens } from './use-tokens.ts'

/** Lists the viewer's access tokens, and creates new ones in a dialog. */
export function TokensView({ viewer }: { viewer: Self }) {
  const tokens = useTokens(viewer)
  const [isCreating, setIsCreating] = useState(false)
  const [created, setCreated] = useState<z.infer<typeof CreatedToken>>()
  const list = useRef<HTMLUListElement>(null)
  const { items, grantable } = tokens.data ?? {}
  // The token on the page would be replaced by the next one.
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

  function onRevoked({ id }: Token) {
    if (id === created?.id) setCreated(undefined)
    focusListOrHeading(list.current)
  }

  return (
    <Page
      title="Access tokens"
      lead="A token lets a program act as you, without your password. A change of your password does not end it: revoke it here."
      aside={
        <Button look="primary" unavailable={grantable === undefined} onClick={open}>
          New token
        </Button>
      }
    >
      <Stack>
        {created !== undefined && <NewToken key={created.id} created={created} onDone={onDone} />}
        {tokens.isPending && <Skeleton label="Loading your access tokens" kind="rows" />}
        {tokens.isError && items === undefined && (
          <FailedState
            error={tokens.error}
            retrying={tokens.isFetching}
            onRetry={() => void tokens.refetch()}
          />
        )}
        {items?.length === 0 && (
          <EmptyState icon={KeySquare} title="No access tokens">
            <p>Tokens that you create appear here. You can revoke them at any time.</p>
            <Button onClick={open}>Create your first token</Button>
          </EmptyState>
        )}
        {items !== undefined && items.length > 0 && (
          <ItemList ref={list} label="Access tokens">
            {items.map((token) => (
              <li key={token.id}>
                <TokenRow
                  viewer={viewer}
                  token={token}
                  nowMs={tokens.dataUpdatedAt}
                  onRevoked={() => onRevoked(token)}
                />
              </li>
            ))}
          </ItemList>
        )}
      </Stack>
      {isCreating && grantable !== undefined && (
        <Dialog title="New access token" onClose={() => setIsCreating(false)}>
          <TokenForm
            viewer={viewer}
            scopes={grantable}
            onCancel={() => setIsCreating(false)}
            onCreated={(token) => {
              setIsCreating(false)
              setCreated(token)
            }}
          />
        </Dialog>
      )}
    </Page>
  )
}
