import type { Browser, BrowserContext, ConsoleMessage, WebError } from '@playwright/test'

/**
 * What browsers complain about while a test runs: errors of scripts, and lines of the console such as broken
 * policies.
 */
export interface Problems {
  /** Watches all pages of the browser, until the returned function is called. */
  watch(browser: Browser): () => void
  /** From now on, what matches is part of the test. */
  expect(pattern: RegExp): void
  /** All that was not expected. */
  readonly unexpected: readonly string[]
}

export function problems(): Problems {
  const expected: RegExp[] = []
  const found: string[] = []
  const add = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) found.push(text)
  }
  return {
    unexpected: found,
    expect: (pattern) => void expected.push(pattern),
    watch(browser) {
      const onError = (event: WebError) => add(String(event.error()))
      const onMessage = (message: ConsoleMessage) => {
        const { url } = message.location()
        const isLoud = message.type() === 'error' || message.type() === 'warning'
        if (isLoud && !isRefusal(message.text(), url)) add(`${message.text()} (${url})`)
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

/** The browser reports each call that is refused, and the tests look at what the page makes of it. */
function isRefusal(text: string, url: string): boolean {
  return (
    /the server responded with a status of 4\d\d/.test(text) &&
    URL.parse(url)?.pathname.startsWith('/trpc/') === true
  )
}
