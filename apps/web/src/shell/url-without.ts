/**
 * Returns the URL of the page without one parameter of its query. Keeps the fragment, which may be the secret
 * of a link.
 */
export function urlWithout(name: string): string {
  const url = new URL(window.location.href)
  url.searchParams.delete(name)
  return url.pathname + url.search + url.hash
}
