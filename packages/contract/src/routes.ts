/**
 * The paths of the web app's pages. The app shows them; the server answers 200 for these and 404 for others.
 * A part that begins with a colon is an id, or `new` while there is no id yet.
 */
export const pagePaths = [
  '/',
  '/notes/:id',
  '/login',
  '/signup',
  '/welcome',
  '/forgot-password',
  '/reset-password',
  '/reset-factors',
  '/verify-email',
  '/invitation',
  '/users',
  '/invitations',
  '/audit',
  '/account',
  '/account/email',
  '/account/password',
  '/account/security',
  '/account/sessions',
  '/account/tokens',
  '/account/activity',
  '/account/data',
] as const

export type PagePath = (typeof pagePaths)[number]

/**
 * Returns whether a path, as in a URL without query string, is a page. Ignores case and a final slash, but
 * not the second of two: in a redirect, `//` begins the name of a host.
 */
export function isPagePath(path: string): boolean {
  const parts = path
    .toLowerCase()
    .replace(/(?<=[^/])\/$/, '')
    .split('/')
  return pagePaths.some((page) => {
    const wanted = page.split('/')
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => (part.startsWith(':') ? isIdOrNew(parts[index]) : part === parts[index]))
    )
  })
}

/** The pattern of `Id`, without zod: a UUID of version 7 (RFC 9562). */
const idOrNew = /^(?:new|[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})$/

function isIdOrNew(part = ''): boolean {
  return idOrNew.test(part)
}
