import type { BrowserContext } from '@playwright/test'

/** What browsers complain about while a test runs: errors of scripts, and lines of the console such as broken policies. */
export interface Problems {
  watch(context: BrowserContext): void
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
    watch(context) {
      context.on('weberror', (event) => add(String(event.error())))
      context.on('console', (message) => {
        const { url } = message.location()
        const isLoud = message.type() === 'error' || message.type() === 'warning'
        if (isLoud && !isRefusal(message.text(), url)) add(`${message.text()} (${url})`)
      })
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
