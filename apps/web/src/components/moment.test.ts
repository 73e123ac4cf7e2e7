import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** In Tokyo it is already half past five of the next day. */
const at = '2026-03-01T20:30:15.000Z'

// A format keeps the time zone in which it was made.
beforeEach(() => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test('moment: has the time zone of the browser', async () => {
  const { Moment } = await import('./moment.tsx')
  const textOf = (props: { dayOnly?: boolean; exact?: boolean }) =>
    renderToStaticMarkup(createElement(Moment, { at, ...props })).replaceAll(/\s/g, ' ')

  expect(textOf({})).toMatch(/Mar 2, 2026, 5:30 AM/)
  expect(textOf({ exact: true })).toMatch(/Mar 2, 2026, 5:30:15 AM/)
  expect(textOf({ dayOnly: true })).toMatch(/>Mar 2, 2026</)
})

test('moment: the full time of “ago” has the time zone of the browser', async () => {
  const { MomentAgo } = await import('./moment.tsx')
  const html = renderToStaticMarkup(createElement(MomentAgo, { at, now: Date.parse(at) + 120_000 }))
  expect(html.replaceAll(/\s/g, ' ')).toMatch(/2 minutes ago.*Mar 2, 2026, 5:30:15 AM/)
})
