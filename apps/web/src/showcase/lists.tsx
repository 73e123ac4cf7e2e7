import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Card } from '../components/card.tsx'
import { GrowingList } from '../components/growing-list.tsx'
import { Moment, MomentAgo } from '../components/moment.tsx'
import { Pager } from '../components/pager.tsx'
import { UserTable } from '../users/user-table.tsx'
import { at, users, viewer } from './example-users.ts'
import { Kind, Specimen } from './specimen.tsx'

export function Lists() {
  const [page, setPage] = useState(1)
  const trail = { page, cursor: undefined, back: () => setPage(page - 1), on: () => setPage(page + 1) }
  return (
    <Kind name="Cards and lists">
      <Specimen name="card">
        <Card heading="Export your data">
          <p>One file with everything that is kept about you.</p>
        </Card>
      </Specimen>
      <Specimen name="moments">
        <p>
          <Moment at={at} dayOnly />
        </p>
        <p>
          <Moment at={at} />
        </p>
        <p>
          <Moment at={at} exact />
        </p>
        <p>
          <MomentAgo at={at} now={Date.parse(at) + 180_000} />
        </p>
      </Specimen>
      <Specimen name="pager">
        <Pager trail={trail} nextCursor={page < 3 ? 'more' : null} pending={false} />
      </Specimen>
      <Specimen name="growing list">
        <Growing />
      </Specimen>
      <Specimen name="table" wide>
        <UserTable
          viewer={viewer}
          users={users}
          refreshing={false}
          now={Date.parse(at)}
          onLink={() => undefined}
        />
      </Specimen>
    </Kind>
  )
}

function Growing() {
  const query = useInfiniteQuery({
    queryKey: ['showcase'],
    queryFn: ({ pageParam }) => [0, 1, 2].map((index) => ({ id: String(pageParam * 3 + index + 1) })),
    initialPageParam: 0,
    getNextPageParam: (_page, pages) => (pages.length < 3 ? pages.length : undefined),
  })
  return (
    <GrowingList label="Numbers" className={undefined} items={query.data?.pages.flat() ?? []} query={query}>
      {({ id }) => <p>Item {id}</p>}
    </GrowingList>
  )
}
