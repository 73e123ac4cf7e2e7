import { manyMarks, recordTextWork, signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { plainBrowser } from '../plain-pages/plain-browser.ts'
import { callRest } from '../rest/rest-call.ts'
import { newAdmin, newUsername, password } from '../support/actors.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'

// Normalising a text takes the square of its longest run of marks: 60 KB kept the server busy for half a
// second.

/** Marks of a text that fits into a body, and of the longest that any field accepts. */
const ofMutations = [30_000, 20_000].map(manyMarks)
/** Of queries, where a mark has six bytes. */
const ofQueries = [2_000, 100].map(manyMarks)

/** Fails if a text with a long run of marks was normalised. */
function expectCheap({ calls }: ReturnType<typeof recordTextWork>, sender: string): void {
  const costly = calls.filter(({ name, length, marks }) => name === 'normalize' && marks > 64 && length > 512)
  expect([sender, costly]).toEqual([sender, []])
}

test('long texts: no procedure normalises many marks in a row, by tRPC and by REST', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  for (const path of paths) {
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const texts = procedures[path]._def.type === 'mutation' ? ofMutations : ofQueries
    using work = recordTextWork()
    const calls = texts
      .flatMap((text) => variants(input, text))
      .flatMap((wrong) => [
        call(app.url, path, wrong, caller.cookie),
        // An id is a part of the path, and the server closes a connection whose headers are too long.
        callRest(app.url, path, wrong, caller.cookie).catch(statusOfClosed),
      ])
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    expect([path, statuses.filter((status) => status >= 500)]).toEqual([path, []])
    expectCheap(work, path)
  }
})

/** @throws the error unless the server closed the connection, where the client may miss the response */
function statusOfClosed(error: unknown): { status: number } {
  const { cause } = error as { cause?: { code?: string } }
  if (!['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(cause?.code ?? '')) throw error
  return { status: 431 }
}

test('long texts: neither a sign-up nor a form without scripts normalises them', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  for (const send of senders) {
    using work = recordTextWork()
    const sent = ofMutations.flatMap((text) => [
      { username: newUsername(), password, name: text },
      { username: text, password, name: text },
      { username: `${text}@example.org`, password: text, email: text },
    ])
    await Promise.all(sent.map((fields) => send(app, fields)))
    expectCheap(work, send.name)
  }
})

interface Fields extends Record<string, string> {
  username: string
  password: string
}

const senders: readonly ((app: TestApp, fields: Fields) => Promise<unknown>)[] = [
  function signup({ url }, fields) {
    return post(url, 'auth.signup', signupInput(fields))
  },
  function login({ url }, { username, password: typed }) {
    return post(url, 'auth.login', { username, password: typed })
  },
  function recovery({ url }, { username }) {
    return post(url, 'recovery.request', { identifier: username })
  },
  function plainSignup({ url }, fields) {
    return plainBrowser(url).submit('/plain/signup', fields)
  },
  function plainLogin({ url }, fields) {
    return plainBrowser(url).submit('/plain/login', fields)
  },
  function tutorialSignup({ url }, fields) {
    const body = JSON.stringify(fields)
    return fetch(`${url}/api/user`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  },
]

/** Returns the value with each of its texts, one after the other, replaced. */
function variants(value: unknown, text: string): object[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) => {
    const inner = typeof each === 'string' ? [text] : variants(each, text)
    const replaced = (by: unknown): object =>
      Array.isArray(value) ? value.with(Number(key), by) : { ...value, [key]: by }
    return inner.map(replaced)
  })
}
