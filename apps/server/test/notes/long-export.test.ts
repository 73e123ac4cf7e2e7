import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { AccountExport, noteLimits } from '@app/contract'
import { appRouter, createContext, DatabaseUnavailable } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { readExport } from '../support/read-export.ts'
import { fillWithNotes, longestBody } from './fill-with-notes.ts'
import { usedBytes } from './used-bytes.ts'

const megabyte = 1024 * 1024

const reader = fileURLToPath(new URL('./read-export.fixture.ts', import.meta.url))

// 13 MB, which is more than the buffers of a connection can take.
const noteCount = 160

/**
 * Requests an export and does not read the response until the test does.
 * @param address where it comes from, for a server with `trustProxy: 1`
 */
async function beginExport(
  app: TestApp,
  { cookie }: CookieActor,
  address?: string,
): Promise<IncomingMessage> {
  const headers = { cookie, ...(address !== undefined && { 'x-forwarded-for': address }) }
  const exportRequest = request(`${app.url}/trpc/account.export`, { headers, agent: false }).end()
  // Sound: this event has one argument.
  const [answer] = (await once(exportRequest, 'response')) as [IncomingMessage]
  exportRequest.on('error', () => undefined)
  return answer
}

async function withLongNotes(app: TestApp): Promise<CookieActor> {
  const ada = await newUser(app)
  await fillWithNotes(app, ada.id, noteCount, () => longestBody)
  app.clock.advance(1)
  return ada
}

/** Resolves once the number has stayed the same for half a second. */
async function settled(count: () => number): Promise<number> {
  let [before, repeats] = [-1, 0]
  await expect
    .poll(
      () => {
        repeats = before === count() ? repeats + 1 : 0
        before = count()
        return repeats
      },
      { interval: 100 },
    )
    .toBe(5)
  return before
}

describeOnEach('an export of the longest notes', (databaseKind) => {
  test('is read only as fast as the client receives it; an account has one at a time', async () => {
    await using app = await testApp({ databaseKind })
    const [ada, grace] = [await withLongNotes(app), await newUser(app)]
    const reads = vi.spyOn(app.services.db.read, 'selectFrom')
    const answer = await beginExport(app, ada)
    const before = await settled(() => reads.mock.calls.filter(([table]) => table === 'notes').length)
    // The server makes three reads for each page of 256 KB that the system's buffers took.
    expect(before).toBeLessThan(100)

    const written = await eventsOf(app, async () => {
      const second = await get(app.url, 'account.export', ada.cookie)
      expect([second.status, reasonIn(second)]).toEqual([503, 'UNAVAILABLE'])
      expect(second.headers.get('retry-after')).toBe('5')
    })
    expect(written).toEqual([])
    expect((await get(app.url, 'account.export', grace.cookie)).status).toBe(200)

    const data = AccountExport.parse(JSON.parse(await text(answer)))
    reads.mockRestore()
    expect(data.notes).toHaveLength(noteCount)
    expect(data.notes.at(-1)?.body).toBe(longestBody)
    expect(data.activity).toMatchObject([{ event: 'exported' }, { event: 'signup' }])
    expect((await get(app.url, 'account.export', ada.cookie)).status).toBe(200)
  })
})

test('export: 5,000 notes of 20 MB need little memory in server and client', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  await fillWithNotes(app, ada.id, noteLimits.perAccount, () => 'x'.repeat(4_000))
  const before = usedBytes()
  let most = 0
  let client = { length: 0, most: 0 }
  // At the same progress each time: a timer would spend most of the time on collections.
  const child = spawn(process.execPath, [reader, app.url, ada.cookie], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    most = Math.max(most, usedBytes() - before)
    client = JSON.parse(line)
  }
  expect(client.length).toBeGreaterThan(20_000_000)
  expect(most).toBeLessThan(8 * megabyte)
  expect(client.most).toBeLessThan(12 * megabyte)
  // The rests between heavy reads make it slow on a busy machine.
}, 180_000)

describe('an export that its client does not read to the end', () => {
  test('frees its slot when its client disconnects', async () => {
    await using app = await testApp()
    const ada = await withLongNotes(app)
    const answer = await beginExport(app, ada)
    answer.destroy()
    await expect.poll(() => app.services.exports.total).toBe(0)
  })

  test('ends with its session', async () => {
    await using app = await testApp()
    const ada = await withLongNotes(app)
    const answer = await beginExport(app, ada)
    expect((await post(app.url, 'auth.logout', {}, ada.cookie)).status).toBe(200)
    await expect(text(answer)).rejects.toThrow('aborted')
    expect(app.log.lines).toContainEqual(
      expect.objectContaining({ msg: 'request', failures: ['SESSION_EXPIRED'], aborted: true }),
    )
  })

  test('ends with an error when the database is lost', async () => {
    await using app = await testApp()
    const ada = await withLongNotes(app)
    const answer = await beginExport(app, ada)
    vi.spyOn(app.services.db.read, 'selectFrom').mockImplementation(() => {
      throw new DatabaseUnavailable('planted')
    })
    await expect(text(answer)).rejects.toThrow('aborted')
    vi.restoreAllMocks()
    expect(app.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'the database did not answer', path: 'account.export' }),
    )
    expect(app.log.lines).toContainEqual(
      expect.objectContaining({ msg: 'request', failures: ['UNAVAILABLE'], aborted: true }),
    )
    expect((await get(app.url, 'account.export', ada.cookie)).status).toBe(200)
  })
})

test('exports: one network has five slots, and another network has its own', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const exportFrom = async (address: string) => {
    const headers = { cookie: (await newUser(app)).cookie, 'x-forwarded-for': address }
    return (await fetch(`${app.url}/trpc/account.export`, { headers })).status
  }
  const unread: IncomingMessage[] = []
  for (let count = 1; count <= 5; count += 1) {
    unread.push(await beginExport(app, await withLongNotes(app), `192.0.2.${count}`))
  }
  expect(await exportFrom('192.0.2.7')).toBe(503)
  expect(await exportFrom('198.51.100.7')).toBe(200)
  unread.pop()?.destroy()
  await expect.poll(() => exportFrom('192.0.2.7')).toBe(200)
  for (const answer of unread) answer.destroy()
})

test('export: an in-process call returns the same as one over HTTP', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const note = await ada.api.notes.create.mutate({ title: 'Engine', body: '"notes":[],"activity":[]' })
  app.clock.advance(1)
  const facts = { id: 'in process', ip: null, userAgent: null, cookie: ada.cookie }
  const caller = appRouter.createCaller(createContext(app.services, facts))
  const whole = JSON.parse(await text(await caller.account.export()))
  expect(whole.notes).toEqual([note])
  app.clock.advance(1)
  const sent = await readExport(ada.api)
  expect(sent).toEqual({
    ...whole,
    exportedAt: sent.exportedAt,
    activity: [sent.activity[0], ...whole.activity],
  })
})
