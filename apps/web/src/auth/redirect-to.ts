/** Pages that are no useful target of a redirect after the log-in. */
const entrances: ReadonlySet<string> = new Set(['/login', '/signup'])

/**
 * Returns the path to open after the log-in. An attacker may have written the address: only a path of
 * this origin is followed (ASVS 5.0 3.7.2), everything else leads home.
 */
export function returnPath(search: string, origin = window.location.origin): string {
  const wanted = new URLSearchParams(search).get('redirectTo')
  if (wanted === null || !wanted.startsWith('/') || !URL.canParse(wanted, origin)) return '/'
  const url = new URL(wanted, origin)
  if (url.origin !== origin || entrances.has(url.pathname)) return '/'
  const path = url.pathname + url.search + url.hash
  // `/.//host` normalizes to a path that a later navigation would read as another host.
  return path.startsWith('//') ? '/' : path
}

/** The address of an entrance (`/login`, `/signup`) that leads back to `path`. */
export function entranceTo(entrance: string, path: string): string {
  return path === '/' ? entrance : `${entrance}?redirectTo=${encodeURIComponent(path)}`
}

/** Returns the path of the page on screen, as a target of a redirect. */
export function currentPath(): string {
  const { pathname, search, hash } = window.location
  if (entrances.has(pathname)) return returnPath(search)
  return pathname + search + hash
}
