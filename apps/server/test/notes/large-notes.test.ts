import { batchAnswerLimitBytes, noteLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { get } from '../support/raw-call.ts'
import { newUser } from '../support/visitors.ts'
import type { Visitor } from '../support/visitors.ts'
import { fillWithNotes, longestBody } from './fill-with-notes.ts'

// What somebody can do who fills an account with the longest texts that there may be.

async function listed(app: TestApp, { cookie }: Visitor, input: object) {
  const { text } = await get(app.url, `notes.list?input=${encodeURIComponent(JSON.stringify(input))}`, cookie)
  const { items, nextCursor } = JSON.parse(text).result.data as {
    items: { id: string }[]
    nextCursor: string | null
  }
  return { ids: items.map(({ id }) => id), nextCursor, bytes: Buffer.byteLength(text) }
}

/** Every page, as it comes. */
async function* pagesOf(app: TestApp, visitor: Visitor, input: object) {
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listed>> = await listed(app, visitor, {
      ...input,
      ...(cursor === null ? {} : { cursor }),
    })
    yield page
    cursor = page.nextCursor
  } while (cursor !== null)
}

describeOnEach('notes of the greatest length', (databaseKind) => {
  test.each([
    ['keys', longestBody],
    // Six bytes each in JSON.
    ['control characters', '\u0001'.repeat(longestBody.length / 2)],
  ])('a page of 100 with %s ends after 256 KB', async (_name, body) => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    await fillWithNotes(app, ada.id, 40, () => body)
    const ids: string[] = []
    let pages = 0
    for await (const page of pagesOf(app, ada, { limit: 100 })) {
      expect(page.bytes).toBeLessThan(257 * 1024)
      ids.push(...page.ids)
      pages += 1
    }
    expect(pages).toBeLessThanOrEqual(20)
    expect(new Set(ids).size).toBe(40)
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  test('a batch of 10 pages has 320 KB: what does not fit is UNAVAILABLE, and is not read', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    await fillWithNotes(app, ada.id, 101, () => longestBody)
    const inputs = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [index, { limit: 100 }]))
    const path = Array.from({ length: 10 }, () => 'notes.list').join(',')
    const { status, text } = await get(
      app.url,
      `${path}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`,
      ada.cookie,
    )
    expect(status).toBe(207)
    expect(Buffer.byteLength(text)).toBeLessThan(batchAnswerLimitBytes + 10_000)
    const answers = JSON.parse(text) as { error?: { data: { failure: { reason: string } } } }[]
    const reasons = answers.map(({ error }) => error?.data.failure.reason ?? 'ok')
    expect(reasons).toEqual(['ok', ...Array(9).fill('UNAVAILABLE')])
  })

  test.each([
    ['50 long notes', 50, longestBody],
    ['2,500 short notes', 2_500, 'short'],
  ])(
    'a search went through all of %s at once: it stops, and its cursor goes on',
    async (_name, count, body) => {
      await using app = await testApp({ databaseKind })
      const ada = await newUser(app)
      await fillWithNotes(app, ada.id, count, (index) => (index === 3 ? `${body.slice(0, -10)}needle` : body))
      const pages: string[][] = []
      for await (const page of pagesOf(app, ada, { search: 'NEEDLE' })) pages.push(page.ids)
      expect(pages.length).toBeGreaterThan(1)
      expect(pages.length).toBeLessThan(10)
      expect(pages[0]).toEqual([])
      expect(pages.flat()).toEqual(['01900000-0000-7000-8000-000000000003'])
    },
  )

  test('a search that finds too much goes on where its page ended', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    await fillWithNotes(app, ada.id, 40, (index) => (index % 2 === 0 ? longestBody : 'short'))
    const ids: string[] = []
    for await (const page of pagesOf(app, ada, { search: '\u{1F5DD}', limit: 7 })) {
      expect(page.ids.length).toBeLessThanOrEqual(7)
      expect(page.bytes).toBeLessThan(noteLimits.page.bytes + 1_000)
      ids.push(...page.ids)
    }
    expect(ids).toHaveLength(20)
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed())
  })
})

// LIKE compared each place of the text with the whole search: 1,000 ms for 4 MB of one letter.
test('a search that almost matches everywhere costs what any other costs', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  await fillWithNotes(app, ada.id, 100, () => 'a'.repeat(20_000))
  const search = `${'a'.repeat(99)}b`
  const fastest = async (text: string) => {
    let leastMs = Infinity
    for (let round = 0; round < 10; round += 1) {
      const begun = performance.now()
      await listed(app, ada, { search: text })
      leastMs = Math.min(leastMs, performance.now() - begun)
    }
    return leastMs
  }
  const usual = await fastest('b')
  expect(await fastest(search)).toBeLessThan(usual * 4 + 200)
})

test('as many notes as there may be are found by their rarest word within 10 pages', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  await fillWithNotes(app, ada.id, noteLimits.perAccount, (index) => (index === 0 ? 'needle' : 'hay'))
  let pages = 0
  let found = 0
  for await (const page of pagesOf(app, ada, { search: 'needle' })) {
    pages += 1
    found += page.ids.length
  }
  expect(found).toBe(1)
  expect(pages).toBeLessThanOrEqual(10)
})
