/** Pages that a log-in must not lead back to. Most of them redirect a logged-in user. */
const authPages: ReadonlySet<string> = new Set([
  '/login',
  '/signup',
  '/welcome',
  '/invitation',
  '/forgot-password',
  '/reset-password',
  '/reset-factors',
  '/verify-email',
])

export function isAuthPage(path: string): boolean {
  return authPages.has(path)
}

/**
 * Returns the path to open after the log-in. An attacker may have written the URL, so only a path of this
 * origin is followed (ASVS 5.0 3.7.2). Anything else opens the start page.
 */
export function redirectTarget(search: string, origin = window.location.origin): string {
  const wanted = new URLSearchParams(search).get('redirectTo')
  if (wanted === null || !wanted.startsWith('/') || !URL.canParse(wanted, origin)) return '/'
  const url = new URL(wanted, origin)
  if (url.origin !== origin || authPages.has(url.pathname)) return '/'
  const path = url.pathname + url.search + url.hash
  // `/.//host` normalizes to a path that a later navigation would read as another host.
  return path.startsWith('//') ? '/' : path
}

/** Returns the URL of `/login` or `/signup` that redirects back to `path`. */
export function pathWithRedirect(page: string, path: string): string {
  return path === '/' ? page : `${page}?redirectTo=${encodeURIComponent(path)}`
}

/**
 * Returns the path of the current page, as the target of a redirect. On a page of log-in or sign-up: the path
 * to which that leads.
 */
export function currentPath(): string {
  const { pathname, search, hash } = window.location
  if (authPages.has(pathname)) return redirectTarget(search)
  return pathname + search + hash
}
