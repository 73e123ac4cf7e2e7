import { batchAnswerLimitBytes, noteLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get } from '../support/raw-call.ts'
import { fillWithNotes, longestBody } from './fill-with-notes.ts'

// An attacker can fill an account with the longest allowed texts.

async function listed(app: TestApp, { cookie }: CookieActor, input: object) {
  const { text } = await get(app.url, `notes.list?input=${encodeURIComponent(JSON.stringify(input))}`, cookie)
  const { items, nextCursor } = JSON.parse(text).result.data as {
    items: { id: string }[]
    nextCursor: string | null
  }
  return { ids: items.map(({ id }) => id), nextCursor, bytes: Buffer.byteLength(text) }
}

/** Reads all pages in order. */
async function* pagesOf(app: TestApp, visitor: CookieActor, input: object) {
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

describeOnEach('the longest notes', (databaseKind) => {
  test.each([
    ['keys', longestBody],
    // JSON needs six bytes for each of them.
    ['control characters', '\u0001'.repeat(longestBody.length / 2)],
  ])('list: a page of 100 with %s ends after 128 KB', async (_name, body) => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    const title = Array.from(body).slice(0, noteLimits.title.max).join('')
    await fillWithNotes(app, ada.id, 210, () => body, title)
    const ids: string[] = []
    let pages = 0
    for await (const page of pagesOf(app, ada, { limit: 100 })) {
      expect(page.bytes).toBeLessThan(129 * 1024)
      ids.push(...page.ids)
      pages += 1
    }
    expect(pages).toBeLessThanOrEqual(20)
    expect(new Set(ids).size).toBe(210)
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  test('list: a batch of 10 pages has 320 KB; pages beyond that are UNAVAILABLE and not read', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    const title = longestBody.slice(0, 2 * noteLimits.title.max)
    await fillWithNotes(app, ada.id, 200, () => longestBody, title)
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
    expect(reasons).toEqual(['ok', 'ok', ...Array(8).fill('UNAVAILABLE')])
  })

  test.each([
    ['50 long notes', 50, longestBody],
    ['2,500 short notes', 2_500, 'short'],
  ])('search: stops within %s, and its cursor continues', async (_name, count, body) => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    await fillWithNotes(app, ada.id, count, (index) => (index === 3 ? `${body.slice(0, -10)}needle` : body))
    const pages: string[][] = []
    for await (const page of pagesOf(app, ada, { search: 'NEEDLE' })) pages.push(page.ids)
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.length).toBeLessThan(10)
    expect(pages[0]).toEqual([])
    expect(pages.flat()).toEqual([expect.stringMatching(/-000000000003$/)])
  })

  test('search: continues after a page that was full', async () => {
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

// LIKE would compare the whole search text at each position: 1,000 ms for 4 MB of one letter.
test('search: a text that almost matches everywhere takes no longer than any other', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  await fillWithNotes(app, ada.id, 100, () => 'a'.repeat(20_000))
  const search = `${'a'.repeat(99)}b`
  const fastest = async (text: string) => {
    let leastMs = Infinity
    for (let round = 0; round < 10; round += 1) {
      const startedAt = performance.now()
      await listed(app, ada, { search: text })
      leastMs = Math.min(leastMs, performance.now() - startedAt)
    }
    return leastMs
  }
  const usual = await fastest('b')
  expect(await fastest(search)).toBeLessThan(usual * 4 + 200)
})

test('search: finds the rarest word of a full account within 10 pages', async () => {
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

test('get: a long note waits for a slot of its account', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const { id } = await ada.api.notes.create.mutate({ title: 'long', body: longestBody })
  const slot = await app.services.heavyReads.enter(ada.id)
  const found = ada.api.notes.get.query({ id })
  await expect.poll(() => app.services.heavyReads.load().waiting).toBe(1)
  slot?.[Symbol.dispose]()
  expect((await found).id).toBe(id)
})
