import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { remoteUser } from '../remote/remote-run.ts'
import { serving } from '../remote/serving.ts'

const password = 'correct horse battery'

test('notes: a note is added, listed, shown, changed and deleted', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  expect(await user.run(['notes', 'list'])).toMatchObject({ code: 0, stdout: 'There are no notes.\n' })
  const added = await user.run(['notes', 'add', 'Keys\u001b[31m', '--stdin'], 'under the mat\n')
  expect(added).toMatchObject({ code: 0, stderr: '' })
  const id = added.stdout.trim()
  expect((await user.run(['notes', 'list'])).stdout).toMatch(
    new RegExp(`^${id} {2}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC {2}Keys\\?\\[31m\\n$`),
  )
  expect((await user.run(['notes', 'show', id])).stdout).toBe('Keys?[31m\n\nunder the mat\n\n')
  expect(await user.run(['notes', 'edit', id, '--title', 'Keys'])).toMatchObject({
    code: 0,
    stdout: 'Saved revision 2.\n',
  })
  expect(await user.run(['notes', 'edit', id, '--stdin', '--revision', '1'], 'lost')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^This note was changed somewhere else\./),
  })
  const { stdout } = await user.run(['notes', 'show', id, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ id, title: 'Keys', body: 'under the mat\n', revision: 2 })
  expect(await user.run(['notes', 'edit', id])).toMatchObject({ code: 2 })
  expect(await user.run(['notes', 'delete', id])).toMatchObject({ code: 0, stdout: 'Deleted.\n' })
  expect(await user.run(['notes', 'delete', id])).toMatchObject({ code: 1 })
})

test('notes: a long list continues from its cursor', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  for (const title of ['one', 'two', 'three']) {
    app.clock.advance(1)
    await user.run(['notes', 'add', title])
  }
  const first = await user.run(['notes', 'list', '--limit', '2'])
  const cursor = /--cursor (\S+)/.exec(first.stdout)?.[1] ?? ''
  const second = await user.run(['notes', 'list', '--limit', '2', '--cursor', cursor])
  expect(second.stdout).toMatch(/^\S+ {2}.* {2}one\n$/)
  expect((await user.run(['notes', 'list', '--search', 'tw'])).stdout).toMatch(/two\n$/)
})

test('notes list: text of a server adds no lines', async () => {
  const items = [{ id: '1\n', title: '\n', updatedAt: '2030-01-01T00:00:00.000Z' }]
  const body = JSON.stringify([{ result: { data: { items, nextCursor: '2\n' } } }])
  using server = await serving((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
  using user = remoteUser()
  const { stdout } = await user.run(['notes', 'list', '--server', server.url])
  expect(stdout).toMatch(/^(?:\P{C}+\n){2}$/u)
})
