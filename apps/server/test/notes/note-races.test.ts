import { noteLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'
import { fillWithNotes } from './fill-with-notes.ts'

const ada = { username: 'ada', password }

async function signUp(app: TestApp): Promise<{ cookie: string; id: string }> {
  const { cookies, text } = await post(app.url, 'auth.signup', signupInput(ada))
  const [cookie = ''] = cookies
  return { cookie, id: JSON.parse(text).result.data.user.id }
}

describeOnEach('notes', (databaseKind) => {
  test('create: of 8 concurrent calls on two servers, only 5 fit below the limit', async () => {
    await using servers = await serverPair(databaseKind)
    const { cookie, id } = await signUp(servers.first)
    await fillWithNotes(servers.first, id, noteLimits.perAccount - 5)
    const answers = await inParallel((index) =>
      post(servers.at(index).url, 'notes.create', { title: `note ${index}` }, cookie),
    )
    expect(tally(answers.map(reasonIn))).toEqual({ ok: 5, TOO_MANY_NOTES: 3 })
    const { count: notes } = await servers.first.services.db.read
      .selectFrom('notes')
      .select((select) => select.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    expect(Number(notes)).toBe(noteLimits.perAccount)
  })

  test('update: of 8 concurrent changes of one revision on two servers, one succeeds', async () => {
    await using servers = await serverPair(databaseKind)
    const { cookie } = await signUp(servers.first)
    const made = await post(servers.first.url, 'notes.create', { title: 'draft' }, cookie)
    const { id } = JSON.parse(made.text).result.data
    for (const revision of [1, 2]) {
      const answers = await inParallel((index) =>
        post(
          servers.at(index).url,
          'notes.update',
          { id, revision, body: `${revision} by ${index}` },
          cookie,
        ),
      )
      expect(tally(answers.map(reasonIn))).toEqual({ ok: 1, NOTE_CHANGED: 7 })
      const stored = (await get(servers.first.url, `notes.get?input={"id":"${id}"}`, cookie)).text
      const note = JSON.parse(stored).result.data
      const winner = answers.findIndex((answer) => reasonIn(answer) === undefined)
      expect(note).toMatchObject({ revision: revision + 1, body: `${revision} by ${winner}` })
      const losers = answers.filter(({ status }) => status === 409)
      expect(losers.map(({ text }) => JSON.parse(text).error.data.failure.note)).toEqual(Array(7).fill(note))
    }
  })

  test('remove: of 8 concurrent calls for one note on two servers, one succeeds', async () => {
    await using servers = await serverPair(databaseKind)
    const { cookie } = await signUp(servers.first)
    for (const title of ['one', 'two']) {
      const made = await post(servers.first.url, 'notes.create', { title }, cookie)
      const { id } = JSON.parse(made.text).result.data
      const answers = await inParallel((index) => post(servers.at(index).url, 'notes.remove', { id }, cookie))
      expect(tally(answers.map(reasonIn))).toEqual({ ok: 1, NOT_FOUND: 7 })
    }
  })
})
