import { emptyTestDatabase } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from '../run-command.ts'

const password = 'correct horse battery staple'

test('seed: the admin, as whom a developer logs in first, has more than a page of notes', async () => {
  await using database = await emptyTestDatabase('sqlite')
  const { url } = database
  expect(await runCommand(['seed', '--password-stdin'], { url, input: password })).toMatchObject({ code: 0 })
  await using app = await testApp({ databaseUrl: url })
  await app.api.auth.login.mutate({ username: 'ada', password })
  const { items, nextCursor } = await app.api.notes.list.query({})
  expect(items[0]).toMatchObject({ title: expect.any(String) })
  expect(nextCursor).not.toBeNull()
})
