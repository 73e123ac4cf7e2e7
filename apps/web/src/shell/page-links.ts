import type { PagePath, Role } from '@app/contract'

export interface PageLink {
  href: PagePath
  label: string
  /** The prefix of the pages that belong to this link. Default: its path and a slash. */
  alsoUnder?: string
  /** The roles that see the link. Default: all logged-in users. */
  roles?: readonly Role[]
}

/** The links of the header, in order. A new page adds one line. Links that do not fit are in a menu. */
export const pageLinks: readonly PageLink[] = [
  { href: '/', label: 'Notes', alsoUnder: '/notes/' },
  { href: '/users', label: 'Users', alsoUnder: '/invitations' },
  { href: '/audit', label: 'Audit log', roles: ['admin'] },
]
