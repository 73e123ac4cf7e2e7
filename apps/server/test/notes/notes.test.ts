import type { Client } from '@app/client'
import { noteLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { password, signUp, unknownId } from '../support/actors.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'
import { fillWithNotes } from './fill-with-notes.ts'

async function titles(api: Client, search?: string): Promise<string[]> {
  const { items } = await api.notes.list.query(search === undefined ? {} : { search })
  return items.map((note) => note.title)
}

describeOnEach('notes', (databaseKind) => {
  test('create, read, update and remove work', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const made = await api.notes.create.mutate({ title: '  Engine ', body: 'No. 1' })
    const createdAt = new Date(app.clock.now()).toISOString()
    expect(made).toEqual({
      id: expect.any(String),
      title: 'Engine',
      body: 'No. 1',
      revision: 1,
      createdAt,
      updatedAt: createdAt,
    })
    app.clock.advance(1_000)
    const changed = await api.notes.update.mutate({ id: made.id, revision: 1, body: 'No. 2' })
    const updatedAt = new Date(app.clock.now()).toISOString()
    expect(changed).toEqual({ ...made, body: 'No. 2', revision: 2, updatedAt })
    expect(await api.notes.get.query({ id: made.id })).toEqual(changed)
    expect(await api.notes.remove.mutate({ id: made.id })).toEqual({})
    expect(await failure(api.notes.get.query({ id: made.id }))).toEqual({ reason: 'NOT_FOUND' })
    expect(await failure(api.notes.remove.mutate({ id: made.id }))).toEqual({ reason: 'NOT_FOUND' })
    expect(await titles(api)).toEqual([])
  })

  test('another user’s note fails like an unknown id', async () => {
    await using app = await testApp({ databaseKind })
    const { api: ada } = await signUp(app, 'ada')
    const { api: eve } = await signUp(app, 'eve')
    const note = await ada.notes.create.mutate({ title: 'private' })
    for (const id of [note.id, unknownId]) {
      const notFound = { reason: 'NOT_FOUND' }
      expect(await failure(eve.notes.get.query({ id }))).toEqual(notFound)
      expect(await failure(eve.notes.remove.mutate({ id }))).toEqual(notFound)
      expect(await failure(eve.notes.update.mutate({ id, revision: 1, body: 'mine' }))).toEqual(notFound)
    }
    expect(await titles(eve)).toEqual([])
    expect(await titles(eve, 'private')).toEqual([])
    expect(await ada.notes.get.query({ id: note.id })).toEqual(note)
  })

  test('update: one of two from the same revision succeeds, the other gets the stored note', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const { id } = await api.notes.create.mutate({ title: 'draft' })
    // In one round the two may not overlap, so the test repeats it.
    for (let revision = 1; revision <= 20; revision += 1) {
      const failures = await Promise.all(
        ['mine', 'yours'].map((who) =>
          failure(api.notes.update.mutate({ id, revision, body: `${who} ${revision}` })),
        ),
      )
      const stored = await api.notes.get.query({ id })
      expect(stored.revision).toBe(revision + 1)
      expect(failures.filter((result) => result === undefined)).toHaveLength(1)
      expect(failures).toContainEqual({ reason: 'NOTE_CHANGED', note: stored })
    }
  })

  test('update: without a change it keeps the revision', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const note = await api.notes.create.mutate({ title: 'same', body: 'same' })
    app.clock.advance(1_000)
    expect(await api.notes.update.mutate({ id: note.id, revision: 1 })).toEqual(note)
    expect(await api.notes.update.mutate({ ...pick(note), title: 'same', body: 'same' })).toEqual(note)
  })

  test('search: matches parts of title and text, also after an update', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const cafe = await api.notes.create.mutate({ title: 'CAFE\u0301 ﬁne', body: 'Straße 5' })
    await api.notes.create.mutate({ title: '100% _done_', body: 'a\\b' })
    expect(await titles(api, 'café FINE')).toEqual([cafe.title])
    expect(await titles(api, ' STRAßE ')).toEqual([cafe.title])
    expect(await titles(api, '0%')).toEqual(['100% _done_'])
    expect(await titles(api, '_done_')).toEqual(['100% _done_'])
    expect(await titles(api, 'a\\b')).toEqual(['100% _done_'])
    for (const wildcard of ['1%d', 'c_f', 'a\\\\b']) expect(await titles(api, wildcard)).toEqual([])
    await api.notes.update.mutate({ ...pick(cafe), title: 'Τσάι' })
    expect(await titles(api, 'ΤΣΆΙ')).toEqual(['Τσάι'])
    expect(await titles(api, 'café')).toEqual([])
    expect(await titles(api, '  ')).toHaveLength(2)
  })

  test('list: pages are newest first, without gaps or repeats', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const made: string[] = []
    for (let count = 0; count < 45; count += 1) {
      app.clock.advance(1)
      made.unshift((await api.notes.create.mutate({ title: `Note ${count}` })).id)
    }
    const read: string[] = []
    const sizes: number[] = []
    let cursor: string | undefined
    do {
      const page = await api.notes.list.query(cursor === undefined ? {} : { cursor })
      read.push(...page.items.map((note) => note.id))
      sizes.push(page.items.length)
      cursor = page.nextCursor ?? undefined
      // A new note belongs before the first page.
      app.clock.advance(1)
      await api.notes.create.mutate({ title: 'late' })
    } while (cursor !== undefined)
    expect(sizes).toEqual([20, 20, 5])
    expect(read).toEqual(made)
    const { items, nextCursor } = await api.notes.list.query({ search: 'note', limit: 45 })
    expect([items.length, nextCursor]).toEqual([45, null])
  })

  test('list: rejects invalid cursors and limits', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const texts = ['null', '"ada"', '{"$gt":""}', '"\\u0000"', 'no json', '"01977e3c"']
    for (const text of ['%%%', ...texts.map((json) => Buffer.from(json).toString('base64url'))]) {
      expect(await failure(api.notes.list.query({ cursor: text }))).toEqual({
        reason: 'INVALID_INPUT',
        fields: { cursor: ['This cursor does not belong to this list.'] },
        form: [],
      })
    }
    for (const limit of [0, 101, 1.5])
      expect(await failure(api.notes.list.query({ limit }))).toMatchObject({ reason: 'INVALID_INPUT' })
  })

  test('create: rejects an owner, an id and a revision', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
    for (const extra of [{ user_id: unknownId }, { userId: unknownId }, { id: unknownId }, { revision: 9 }]) {
      const answer = await post(app.url, 'notes.create', { title: 'x', ...extra }, cookies[0])
      expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
    }
  })

  test('search: ignores upper case and compatible letters', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const pairs = [
      ['İstanbul', 'istanbul'],
      ['ankara', 'ANKARA'],
      ['Straße', 'STRASSE'],
      ['ΟΔΟΣ', 'οδος'],
      ['ﬁnance', 'Finance'],
    ] as const
    for (const [title] of pairs) await api.notes.create.mutate({ title })
    for (const [title, search] of pairs) expect(await titles(api, search)).toEqual([title])
  })

  test('the bytes of an account are limited, also in concurrent calls', async () => {
    // U+FDFA has 3 bytes; NFKC expands it to 33.
    const body = '\ufdfa'.repeat(noteLimits.body.max)
    const limit = 2.5 * Buffer.byteLength(body)
    await using app = await testApp({ databaseKind, settings: { notesBytesPerAccount: limit } })
    const { api } = await signUp(app, 'ada')
    const titles = ['a', 'b', 'c', 'd']
    const made = await Promise.all(titles.map((title) => failure(api.notes.create.mutate({ title, body }))))
    expect(made.filter((result) => result === undefined)).toHaveLength(2)
    expect(made.filter((result) => result?.reason === 'TOO_MANY_NOTES')).toHaveLength(2)

    const small = await Promise.all(['e', 'f'].map((title) => api.notes.create.mutate({ title })))
    const grown = body.slice(0, Math.ceil(body.length / 2.2))
    const updates = await Promise.all(
      small.map(({ id, revision }) => failure(api.notes.update.mutate({ id, revision, body: grown }))),
    )
    expect(updates.map((result) => String(result?.reason))).toEqual(
      expect.arrayContaining(['TOO_MANY_NOTES', 'undefined']),
    )

    // The database decided which two were first.
    const created = titles.find((_title, index) => made[index] === undefined) ?? ''
    const [first] = (await api.notes.list.query({ search: created })).items
    await api.notes.update.mutate({ id: first?.id ?? '', revision: 1, body: '' })
    expect(await failure(api.notes.create.mutate({ title: 'g', body: grown }))).toBeUndefined()

    const stored = await app.services.db.read.selectFrom('notes').selectAll().execute()
    const bytesOf = (texts: string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    const written = bytesOf(stored.flatMap(({ title, body: text }) => [title, text]))
    expect(written).toBeLessThanOrEqual(limit)
    expect(stored.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(written)
    for (const row of stored) {
      const preview = Buffer.byteLength(row.preview)
      expect(preview).toBeLessThanOrEqual(Math.min(3 * noteLimits.preview.max, Buffer.byteLength(row.body)))
    }
    expect(bytesOf(stored.map((row) => row.search_key))).toBeLessThanOrEqual(3 * (written + stored.length))
  })

  test('the notes of an account are limited, also in concurrent calls', async () => {
    await using app = await testApp({ databaseKind })
    const { api, id: userId } = await signUp(app, 'ada')
    await fillWithNotes(app, userId, noteLimits.perAccount - 2)
    const results = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((title) => failure(api.notes.create.mutate({ title }))),
    )
    expect(results.filter((result) => result === undefined)).toHaveLength(2)
    expect(results.filter((result) => result?.reason === 'TOO_MANY_NOTES')).toHaveLength(3)
    await api.notes.remove.mutate({ id: (await api.notes.list.query()).items[0]?.id ?? '' })
    expect(await failure(api.notes.create.mutate({ title: 'f' }))).toBeUndefined()
  })
})

function pick({ id, revision }: { id: string; revision: number }) {
  return { id, revision }
}
