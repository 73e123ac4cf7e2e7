import type { Self } from '@app/contract'
import { UserSearch, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { ButtonLink } from '../components/button-link.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { Page } from '../components/page.tsx'
import { Pager } from '../components/pager.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { usePageTrail } from '../components/use-page-trail.ts'
import { SearchField } from '../forms/search-field.tsx'
import { IssueLinkDialog } from './issue-link-dialog.tsx'
import type { WantedLink } from './issue-link-dialog.tsx'
import { useUsers } from './use-users.ts'
import { UserTable } from './user-table.tsx'
import styles from './users.module.css'

/** Lists the users. Admins manage their accounts here. */
export function UsersView({ viewer }: { viewer: Self }) {
  const [params, setParams] = useSearchParams()
  const search = params.get('search') ?? ''
  const trail = usePageTrail()
  const [link, setLink] = useState<WantedLink | null>(null)
  const users = useUsers(viewer, { search, cursor: trail.cursor })
  const items = users.data?.items ?? []
  const nextCursor = users.data?.nextCursor ?? null
  // While another search or page loads, the screen still shows the former one.
  const isAnswered = users.isSuccess && !users.isPlaceholderData
  const isAll = isAnswered && search === '' && trail.page === 1 && nextCursor === null
  const isAlone = isAll && items.length === 1 && items[0]?.id === viewer.id && viewer.role !== 'admin'

  function searchFor(text: string) {
    setParams(text === '' ? {} : { search: text }, { replace: true })
  }

  return (
    <Page
      title="Users"
      lead={lead(viewer)}
      aside={viewer.role === 'admin' && <ButtonLink href="/invitations">Invite users</ButtonLink>}
    >
      <Stack>
        <SearchField
          label="Search users"
          search={search}
          onSearch={searchFor}
          status={isAnswered && search !== '' ? found(items.length, nextCursor !== null) : ''}
        />
        {items.length === 0 && !isAnswered && !users.isError && (
          <Skeleton label="Loading users" kind="rows" blocks={8} />
        )}
        {users.isError && (
          <FailedState error={users.error} retrying={users.isFetching} onRetry={() => void users.refetch()} />
        )}
        {isAnswered && items.length === 0 && <NoUsers search={search} continues={nextCursor !== null} />}
        {items.length > 0 && (
          <UserTable
            viewer={viewer}
            users={items}
            refreshing={users.isPlaceholderData}
            now={users.dataUpdatedAt}
            onLink={setLink}
          />
        )}
        {isAlone && (
          <p className={styles['muted']}>
            This is your own account. Either there are no other users yet, or the list is for admins only.
          </p>
        )}
        <Pager trail={trail} nextCursor={nextCursor} pending={users.isPlaceholderData} />
      </Stack>
      {/* Not in the row: the link is shown once, and the user may leave the list meanwhile. */}
      {link && <IssueLinkDialog {...link} viewer={viewer} onClose={() => setLink(null)} />}
    </Page>
  )
}

function lead({ role }: Self): string {
  return role === 'admin'
    ? 'All users, by user name. Your changes are recorded in the audit log.'
    : 'All users, by user name.'
}

/** Explains an empty page. A search stops at the scan limit, and the next page continues it. */
function NoUsers({ search, continues }: { search: string; continues: boolean }) {
  if (continues) {
    return (
      <EmptyState
        icon={UserSearch}
        title={
          <>
            No users found for “<bdi>{search}</bdi>” so far
          </>
        }
      >
        <p>There are many users. “Next” continues the search.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={search === '' ? UsersRound : UserSearch}
      title={
        search === '' ? (
          <span key="all">No users yet</span>
        ) : (
          <span key="none">
            No users found for “<bdi>{search}</bdi>”
          </span>
        )
      }
    >
      <p>Check the spelling. The search finds users by the beginning of their user name or name.</p>
    </EmptyState>
  )
}

function found(count: number, more: boolean): string {
  if (count === 0) return more ? 'No users found so far' : 'No users found'
  if (more) return `More than ${count} users found`
  return count === 1 ? '1 user found' : `${count} users found`
}
