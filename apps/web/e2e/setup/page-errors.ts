import type { Browser, BrowserContext, ConsoleMessage, Page, WebError } from '@playwright/test'

/** The script errors, and the console errors and warnings, that browsers report while a test runs. */
export interface PageErrors {
  /**
   * Watches all pages that the browser opens until the returned function is called. The last messages of a
   * page of the former test may arrive after its end.
   */
  watch(browser: Browser): () => void
  /** Ignores errors that match from now on. */
  allow(pattern: RegExp): void
  /** The errors that no test allowed. */
  readonly unexpected: readonly string[]
}

/**
 * What browsers report when the network or the server is lost. Which request that hits differs from run to
 * run: the event stream, or code that the page loads in advance.
 */
export const lostRequests =
  /net::ERR_(?:CONNECTION_\w+|EMPTY_RESPONSE|FAILED|INCOMPLETE_CHUNKED_ENCODING|INTERNET_DISCONNECTED|NETWORK_CHANGED)|dynamically imported module|Unable to preload|The code of this page/

/** Creates the record of one test. */
export function watchPageErrors(): PageErrors {
  const allowed: RegExp[] = []
  const found: string[] = []
  const add = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) found.push(text)
  }
  return {
    unexpected: found,
    allow: (pattern) => void allowed.push(pattern),
    watch(browser) {
      const opened = new WeakSet<Page>()
      const isOwn = (page: Page | null) => page === null || opened.has(page)
      const onPage = (page: Page) => void opened.add(page)
      const onError = (event: WebError) => isOwn(event.page()) && add(String(event.error()))
      const onMessage = (message: ConsoleMessage) => {
        if (!isOwn(message.page())) return
        const { url } = message.location()
        const isLoud = message.type() === 'error' || message.type() === 'warning'
        if (isLoud && !isRejectedCall(message.text(), url)) add(`${message.text()} (${url})`)
      }
      const watched: BrowserContext[] = []
      const watchContext = (context: BrowserContext) => {
        watched.push(context.on('page', onPage).on('weberror', onError).on('console', onMessage))
      }
      browser.contexts().forEach(watchContext)
      browser.on('context', watchContext)
      return () => {
        browser.off('context', watchContext)
        for (const context of watched) {
          context.off('page', onPage).off('weberror', onError).off('console', onMessage)
        }
      }
    },
  }
}

/**
 * The console reports each call that failed with a 4xx status, and with 503 when the server was busy. Tests
 * check what the page shows instead. With 503 these are only the calls by which pages save texts, because
 * pages repeat them.
 */
function isRejectedCall(text: string, url: string): boolean {
  const status = /the server responded with a status of (\d+)/.exec(text)?.[1] ?? ''
  const path = URL.parse(url)?.pathname ?? ''
  return status === '503'
    ? /^\/trpc\/\w+\.(?:create|update)$/.test(path)
    : status.startsWith('4') && path.startsWith('/trpc/')
}
