import type { PagePath, Role } from '@app/contract'

export interface PageLink {
  href: PagePath
  label: string
  /** Who sees it. Default: every signed-in user. */
  roles?: readonly Role[]
}

/**
 * The links of the header, in their order. A new page adds one line. What does not fit in the row goes into a
 * menu.
 */
export const pageLinks: readonly PageLink[] = [
  { href: '/', label: 'Notes' },
  { href: '/users', label: 'Users' },
  { href: '/audit', label: 'Audit', roles: ['admin'] },
]
