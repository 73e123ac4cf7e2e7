import type { CreatedToken, Self } from '@app/contract'
import { KeySquare } from 'lucide-react'
import { useRef, useState } from 'react'
import type * as z from 'zod/mini'
import { Card } from '../components/card.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { ItemList } from '../components/item-list.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { NewToken } from './new-token.tsx'
import { TokenForm } from './token-form.tsx'
import { TokenRow } from './token-row.tsx'
import { useTokens } from './use-tokens.ts'

/** Lists the viewer's access tokens, and creates new ones. */
export function TokensView({ viewer }: { viewer: Self }) {
  const tokens = useTokens(viewer)
  const [created, setCreated] = useState<z.infer<typeof CreatedToken>>()
  const list = useRef<HTMLUListElement>(null)
  if (tokens.isPending) return <Skeleton label="Loading your access tokens" kind="rows" />
  if (tokens.data === undefined) {
    const retry = () => void tokens.refetch()
    return <FailedState error={tokens.error} retrying={tokens.isFetching} onRetry={retry} />
  }
  const { items, grantable } = tokens.data
  return (
    <Stack>
      <Card heading="New access token">
        <TokenForm viewer={viewer} scopes={grantable} onCreated={setCreated} />
        {created !== undefined && <NewToken key={created.id} created={created} />}
      </Card>
      {items.length === 0 ? (
        <EmptyState icon={KeySquare} title="No access tokens">
          <p>Tokens that you create appear here. You can revoke them at any time.</p>
        </EmptyState>
      ) : (
        <ItemList ref={list} label="Access tokens">
          {items.map((token) => (
            <li key={token.id}>
              <TokenRow
                viewer={viewer}
                token={token}
                nowMs={tokens.dataUpdatedAt}
                onRevoked={() => {
                  if (token.id === created?.id) setCreated(undefined)
                  list.current?.focus()
                }}
              />
            </li>
          ))}
        </ItemList>
      )}
    </Stack>
  )
}
