import type { Self, UserRow } from '@app/contract'
import { selfFixture } from '@app/contract/testing'

export const at = '2026-03-09T07:05:09.000Z'
export const viewer: Self = selfFixture({ id: 'a', createdAt: at })
export const users: UserRow[] = [
  { id: 'a', username: 'ada', name: 'Ada', createdAt: at },
  {
    id: 'b',
    username: 'ben',
    name: 'A name that is so long that it needs a second line',
    createdAt: at,
  },
  { id: 'c', username: 'c'.repeat(32), name: 'unbreakable'.repeat(7), createdAt: at },
]
