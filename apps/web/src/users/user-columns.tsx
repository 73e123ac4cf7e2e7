import { roleWords } from '@app/contract'
import type { Self } from '@app/contract'
import type { ReactNode } from 'react'
import { Badge } from '../components/badge.tsx'
import { Moment, MomentAgo } from '../components/moment.tsx'
import { UserName } from './user-name.tsx'
import type { UserCellContext } from './user-name.tsx'

export interface UserColumn {
  key: string
  heading: string
  render: (context: UserCellContext) => ReactNode
  /** A column with short content, which keeps one width. */
  short?: true
  /** Only admins get the field of every user. */
  adminOnly?: true
}

/** The columns of the users page. The first one is the heading of the row. */
const columns: readonly UserColumn[] = [
  { key: 'user', heading: 'User', render: (context) => <UserName {...context} /> },
  { key: 'role', heading: 'Role', short: true, adminOnly: true, render: roleName },
  { key: 'status', heading: 'Status', short: true, adminOnly: true, render: statusName },
  { key: 'last-login', heading: 'Last log-in', short: true, adminOnly: true, render: lastLogin },
  {
    key: 'joined',
    heading: 'Joined',
    short: true,
    render: ({ user }) => <Moment at={user.createdAt} dayOnly />,
  },
]

/** Returns the columns that the viewer may see. */
export function columnsFor({ role }: Self): readonly UserColumn[] {
  return role === 'admin' ? columns : columns.filter(({ adminOnly }) => adminOnly === undefined)
}

/** The usual role and the usual status are plain, so that the others stand out. */
function roleName({ user: { role } }: UserCellContext): ReactNode {
  if (role === undefined || role === 'user') return role && roleWords[role].name
  return <Badge tone="accent">{roleWords[role].name}</Badge>
}

/** An admin who has not given the second factor that the server requires gets no details of others. */
function statusName({ user: { disabled } }: UserCellContext): ReactNode {
  if (disabled === undefined) return undefined
  return disabled ? <Badge tone="danger">Disabled</Badge> : 'Active'
}

function lastLogin({ user: { lastLoginAt }, now }: UserCellContext): ReactNode {
  if (lastLoginAt === undefined) return undefined
  return lastLoginAt ? <MomentAgo at={lastLoginAt} now={now} /> : 'Never'
}
