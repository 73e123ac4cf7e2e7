import { isPagePath } from '@app/contract'
import type { ProviderError } from '@app/contract/provider-links'

const maxLength = 500

/**
 * Returns the path of one of our pages, with its query; `/` for every other text. An attacker may have
 * written the link (ASVS 5.0 3.7.2).
 */
export function ownPath(wanted: string | null | undefined): string {
  if (typeof wanted !== 'string' || wanted.length > maxLength || !/^\/(?![/\\])[!-~]*$/.test(wanted))
    return '/'
  const url = URL.parse(wanted, 'http://own.invalid')
  if (url === null || url.origin !== 'http://own.invalid' || !isPagePath(url.pathname)) return '/'
  return url.pathname + url.search
}

/** Adds what happened to the path of a page. */
export function withError(path: string, error: ProviderError): string {
  const url = new URL(path, 'http://own.invalid')
  url.searchParams.set('provider-error', error)
  return url.pathname + url.search
}
