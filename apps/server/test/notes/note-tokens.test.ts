import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

test('notes: access tokens read or change them by their scope', async () => {
  await using app = await testApp()
  const { api, id } = await newUser(app)
  const reading = await giveToken(app, id, { scopes: ['notes:read'] })
  const writing = await giveToken(app, id, { scopes: ['notes:write'] })
  const note = { title: 'Keys' }
  expect(reasonIn(await post(app.url, 'notes.create', note, reading))).toBe('SCOPE_REQUIRED')
  expect((await post(app.url, 'notes.create', note, writing)).status).toBe(200)
  for (const token of [reading, writing]) {
    expect((await get(app.url, 'notes.list', token)).text).toContain('"Keys"')
    expect(reasonIn(await get(app.url, 'account.me', token))).toBe('SCOPE_REQUIRED')
  }
  const { items } = await api.notes.list.query({})
  expect(items.map(({ title }) => title)).toEqual(['Keys'])
  const { id: noteId = '' } = items[0] ?? {}
  expect(reasonIn(await post(app.url, 'notes.remove', { id: noteId }, reading))).toBe('SCOPE_REQUIRED')
  expect((await post(app.url, 'notes.remove', { id: noteId }, writing)).status).toBe(200)
})

test('notes: a token does not reach the notes of another user', async () => {
  await using app = await testApp()
  const [owner, other] = [await newUser(app), await newUser(app)]
  const { id } = await owner.api.notes.create.mutate({ title: 'Keys' })
  const token = await giveToken(app, other.id, { scopes: ['notes:write'] })
  expect(reasonIn(await post(app.url, 'notes.remove', { id }, token))).toBe('NOT_FOUND')
})
