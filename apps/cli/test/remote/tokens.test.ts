import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { remoteVariables } from '../../src/remote/remote-options.ts'
import { remoteUser } from './remote-run.ts'

const password = 'correct horse battery'

test('tokens: a token is created, used, listed and revoked', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  const created = await user.run(['tokens', 'create', 'backup', '--scope', 'account:read', '--days', '7'])
  expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(/^acctpat_\w+\n$/) })
  const token = created.stdout.trim()
  const id = /tokens revoke (\S+)/.exec(created.stderr)?.[1] ?? ''
  expect(created.stderr).not.toContain(token)

  const file = path.join(user.stateHome, 'token.txt')
  writeFileSync(file, `${token}\n`)
  using program = remoteUser()
  const server = ['--server', app.url]
  expect(await program.run(['whoami', ...server, '--token-file', file])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^grace /),
  })
  const byVariable = await program.run(['whoami', ...server], '', { [remoteVariables.token]: token })
  expect(byVariable.code).toBe(0)
  const onTheLine = await program.run(['whoami', ...server, '--token', token])
  expect(onTheLine).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^Warning: .* list of processes/),
  })
  expect(onTheLine.stderr).not.toContain(token)

  const list = await user.run(['tokens', 'list'])
  expect(list.stdout).toMatch(
    new RegExp(`^${id}  .*account:read  backup\\nScopes that a new token may have: account:read `),
  )
  expect(list.stdout).not.toContain(token)
  expect(await user.run(['tokens', 'revoke', id])).toMatchObject({ code: 0, stdout: 'Revoked.\n' })
  expect(await program.run(['whoami', ...server, '--token-file', file])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The token is unknown, revoked or expired.'),
  })
})

test('tokens: what a token may not do fails with the next step', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  const created = await user.run(['tokens', 'create', 'backup', '--scope', 'account:read'])
  const as = { [remoteVariables.token]: created.stdout.trim() }
  expect(await user.run(['tokens', 'list'], '', as)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Leave the token out.'),
  })
  expect(await user.run(['call', 'account.updateProfile', '{"name":"G."}'], '', as)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('tokens create <name> --scope'),
  })
  expect(await user.run(['login', 'grace', '--password-stdin'], password, as)).toMatchObject({ code: 1 })
})

test.each([
  ['no scope', ['tokens', 'create', 'backup'], 2, /^Say what the token may do.* tokens list\n/],
  [
    'days that are no number',
    ['tokens', 'create', 'x', '--scope', 'account:read', '--days', 'x'],
    2,
    /^--days must/,
  ],
  [
    'a file that is missing',
    ['whoami', '--server', 'http://127.0.0.1:2', '--token-file', '/nowhere'],
    1,
    /ENOENT/,
  ],
  [
    'a file without a token',
    ['whoami', '--server', 'http://127.0.0.1:2', '--token-file', '/dev/null'],
    1,
    /contains no token/,
  ],
])('tokens: %s is refused', async (_, words, code, stderr) => {
  using user = remoteUser()
  expect(await user.run(words)).toMatchObject({ code, stderr: expect.stringMatching(stderr) })
})
