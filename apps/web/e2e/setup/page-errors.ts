import type { Browser, BrowserContext, ConsoleMessage, WebError } from '@playwright/test'

/** The script errors, and the console errors and warnings, that browsers report while a test runs. */
export interface PageErrors {
  /** Watches all pages of the browser until the returned function is called. */
  watch(browser: Browser): () => void
  /** Ignores errors that match from now on. */
  allow(pattern: RegExp): void
  /** The errors that no test allowed. */
  readonly unexpected: readonly string[]
}

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
      const onError = (event: WebError) => add(String(event.error()))
      const onMessage = (message: ConsoleMessage) => {
        const { url } = message.location()
        const isLoud = message.type() === 'error' || message.type() === 'warning'
        if (isLoud && !isRejectedCall(message.text(), url)) add(`${message.text()} (${url})`)
      }
      const watched: BrowserContext[] = []
      const watchContext = (context: BrowserContext) => {
        watched.push(context.on('weberror', onError).on('console', onMessage))
      }
      browser.contexts().forEach(watchContext)
      browser.on('context', watchContext)
      return () => {
        browser.off('context', watchContext)
        for (const context of watched) context.off('weberror', onError).off('console', onMessage)
      }
    },
  }
}

/** The console reports each call that failed with a 4xx status. Tests check what the page shows instead. */
function isRejectedCall(text: string, url: string): boolean {
  return (
    /the server responded with a status of 4\d\d/.test(text) &&
    URL.parse(url)?.pathname.startsWith('/trpc/') === true
  )
}
