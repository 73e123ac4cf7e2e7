import type { PagePath, Role } from '@app/contract'

export interface PageLink {
  href: PagePath
  label: string
  /** Other pages that belong to this one begin with it. Default: the address of the page and a slash. */
  alsoUnder?: string
  /** Who sees it. Default: every signed-in user. */
  roles?: readonly Role[]
}

/** The links of the header, in order. A new page adds one line. Links that do not fit are in a menu. */
export const pageLinks: readonly PageLink[] = [
  { href: '/', label: 'Notes', alsoUnder: '/notes/' },
  { href: '/users', label: 'Users' },
  { href: '/audit', label: 'Audit', roles: ['admin'] },
]
