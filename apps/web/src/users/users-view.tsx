import type { Self } from '@latchkey/contract'
import { useState } from 'react'
import { useSearchParams } from 'wouter'

import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { SearchField } from '../components/search-field.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { Pager } from './pager.tsx'
import { useUsers } from './use-users.ts'
import { UserTable } from './user-table.tsx'

/** Who has an account here; administrators change roles here. */
export function UsersView({ viewer }: { viewer: Self }) {
  const [params, setParams] = useSearchParams()
  const search = params.get('search') ?? ''
  // The cursors of the pages that lead to this one. The server knows no page numbers: a page is what follows a name.
  const [walked, setWalked] = useState<{ search: string; trail: string[] }>({ search, trail: [] })
  // A trail belongs to its search: another one starts at the first page.
  const trail = walked.search === search ? walked.trail : []
  const users = useUsers(viewer, { search, cursor: trail.at(-1) })
  const items = users.data?.items ?? []
  const nextCursor = users.data?.nextCursor ?? null

  function searchFor(text: string) {
    setParams(text === '' ? {} : { search: text }, { replace: true })
  }

  return (
    <Page title="Users" lead="Accounts by user name, as far as you may see them.">
      <Stack>
        <SearchField
          label="Search users"
          search={search}
          onSearch={searchFor}
          status={users.isSuccess && search !== '' ? found(items.length, nextCursor !== null) : ''}
        />
        {users.isPending && <Skeleton label="Loading users" blocks={1} />}
        {users.isError && (
          <FailedState error={users.error} retrying={users.isFetching} onRetry={() => void users.refetch()} />
        )}
        {users.isSuccess && items.length === 0 && (
          <EmptyState title={search === '' ? 'Nobody is here' : `Nobody found for “${search}”`}>
            <p>The search looks at the beginning of user names and names.</p>
          </EmptyState>
        )}
        {items.length > 0 && <UserTable viewer={viewer} users={items} refreshing={users.isPlaceholderData} />}
        <Pager
          page={trail.length + 1}
          pending={users.isPlaceholderData}
          onPrevious={trail.length > 0 ? () => setWalked({ search, trail: trail.slice(0, -1) }) : undefined}
          onNext={
            nextCursor === null ? undefined : () => setWalked({ search, trail: [...trail, nextCursor] })
          }
        />
      </Stack>
    </Page>
  )
}

function found(count: number, more: boolean): string {
  if (more) return `More than ${count} users found`
  return count === 1 ? '1 user found' : `${count} users found`
}
