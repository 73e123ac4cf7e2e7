import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { ownCommand } from '../../src/own-command.ts'
import { remoteVariables } from '../../src/remote/remote-options.ts'
import { remoteUser } from './remote-run.ts'

const password = 'correct horse battery'

async function withUser(app: TestApp, username = 'grace'): Promise<void> {
  await app.newClient().auth.signup.mutate(signupInput({ username, password }))
}

const logIn = (app: TestApp) => ['login', 'grace', '--server', app.url, '--password-stdin']

test('login: keeps the session in a private file, and later commands use its server', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await withUser(app)
  expect(await user.run(logIn(app), `${password}\n`)).toEqual({
    code: 0,
    stdout: `Logged in to ${app.url} as grace.\n`,
    stderr: '',
  })
  expect(statSync(user.credentialsFile).mode & 0o777).toBe(0o600)
  expect(statSync(path.dirname(user.credentialsFile)).mode & 0o777).toBe(0o700)
  expect(await user.run(['whoami'])).toEqual({
    code: 0,
    stdout: `grace "grace", user, at ${app.url}\n`,
    stderr: '',
  })
})

test('login: says what is wrong in one line, and keeps nothing', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await withUser(app)
  expect(await user.run(logIn(app), 'wrong horse battery')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Wrong user name or password.\n',
  })
  expect(await user.run(['whoami', '--server', app.url])).toEqual({
    code: 1,
    stdout: '',
    stderr: `Log in to continue. Run: ${ownCommand()} login <username>\n`,
  })
  expect(await user.run(['whoami'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^Name the server with --server/),
  })
  expect(await user.run(['login', 'grace', '--server', app.url])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no terminal to ask for the password/),
  })
})

test('logout: ends the session on the server, and a repeated one succeeds', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await withUser(app)
  await user.run(logIn(app), password)
  const cookies = readFileSync(user.credentialsFile, 'utf8')
  expect(await user.run(['logout'])).toEqual({ code: 0, stdout: `Logged out of ${app.url}.\n`, stderr: '' })
  expect(await user.run(['logout'])).toMatchObject({ code: 0 })
  expect(await user.run(['whoami'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Log in to continue/),
  })
  // The cookie that an attacker copied before is dead too.
  writeFileSync(user.credentialsFile, cookies, { mode: 0o600 })
  expect(await user.run(['whoami'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `Your session has ended. Log in again. Run: ${ownCommand()} login <username>\n`,
  })
})

test('logout --forget: deletes all that is kept for a server that cannot be reached', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await withUser(app)
  await user.run(logIn(app), password)
  await app.close(0)
  expect(await user.run(['logout'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^No program accepts connections at 127\.0\.0\.1:/),
  })
  expect(readFileSync(user.credentialsFile, 'utf8')).toContain(app.url)
  expect(await user.run(['logout', '--forget'])).toMatchObject({ code: 1 })
  expect(readFileSync(user.credentialsFile, 'utf8')).not.toContain(app.url)
})

test('remote commands: --json prints one line of JSON, and failures on standard error', async () => {
  await using app = await testApp()
  using user = remoteUser()
  await withUser(app)
  const failed = await user.run([...logIn(app), '--json'], 'wrong horse battery')
  expect({ ...failed, stderr: JSON.parse(failed.stderr) as unknown }).toEqual({
    code: 1,
    stdout: '',
    stderr: {
      failure: { reason: 'INVALID_CREDENTIALS' },
      message: 'Wrong user name or password.',
      requestId: expect.any(String),
    },
  })
  const done = await user.run([...logIn(app), '--json'], password)
  expect(JSON.parse(done.stdout)).toMatchObject({
    server: app.url,
    user: { username: 'grace', role: 'user' },
  })
  await app.close(0)
  const unreached = await user.run(['whoami', '--json'])
  expect(JSON.parse(unreached.stderr)).toMatchObject({
    failure: { reason: 'UNREACHABLE' },
    message: expect.stringMatching(/^No program accepts connections/),
    requestId: null,
  })
})

test('remote commands: each server has its own session', async () => {
  await using one = await testApp()
  await using two = await testApp()
  using user = remoteUser()
  await withUser(one)
  await withUser(two)
  await user.run(logIn(one), password)
  await user.run(logIn(two), password)
  expect((await user.run(['whoami'])).stdout).toContain(two.url)
  expect((await user.run(['whoami', '--server', one.url])).stdout).toContain(one.url)
  expect((await user.run(['whoami'], '', { [remoteVariables.server]: one.url })).stdout).toContain(one.url)
  await user.run(['logout'])
  expect((await user.run(['whoami', '--server', one.url])).code).toBe(0)
})
