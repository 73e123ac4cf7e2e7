import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import { expect, test, vi } from 'vitest'
import { updateCredentials } from '../../src/remote/credentials.ts'
import { fileCookies } from '../../src/remote/file-cookies.ts'
import { hasTerminal, typeOnTerminal } from '../type-on-terminal.ts'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

const run = promisify(execFile)
const server = ['--server', 'http://127.0.0.1:1']

function withFile(text: string, mode = 0o600, folderMode = 0o700) {
  const user = remoteUser()
  mkdirSync(path.dirname(user.credentialsFile))
  writeFileSync(user.credentialsFile, text)
  chmodSync(user.credentialsFile, mode)
  chmodSync(path.dirname(user.credentialsFile), folderMode)
  return user
}

const empty = JSON.stringify({ version: 1, server: null, profiles: {} })

test.each([
  ['readable by others', empty, 0o604, 0o700, /^Other users can read or change \S+, which .* chmod 600 /],
  ['writable by the group', empty, 0o620, 0o700, /^Other users can read or change/],
  [
    'in a folder that others can write',
    empty,
    0o600,
    0o777,
    /^Other users can replace files in .* chmod 700 /,
  ],
  ['that is no JSON', 'x', 0o600, 0o700, /^\S+ is damaged, or of a newer version\. Delete it/],
  [
    'of a newer version',
    '{"version":2,"profiles":{}}',
    0o600,
    0o700,
    /^\S+ is damaged, or of a newer version/,
  ],
  [
    'with a profile that is no jar',
    '{"version":1,"profiles":{"http://127.0.0.1:1":{}}}',
    0o600,
    0o700,
    /^\S+ is damaged/,
  ],
])('credentials: a file %s is refused', async (_, text, mode, folderMode, stderr) => {
  using user = withFile(text, mode, folderMode)
  expect(await user.run(['whoami', ...server])).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  })
  expect(readFileSync(user.credentialsFile, 'utf8')).toBe(text)
})

test.each([
  ['that others can write', 0o777, undefined, /^Other users can replace files in .* chmod 700 /],
  ['that the group can write', 0o770, undefined, /^Other users can replace files in .* chmod 700 /],
  ['of another user', 0o700, 12_345, /^\S+ belongs to another user\. /],
])('login: a folder %s is refused before the password is sent', async (_, mode, uid, stderr) => {
  let requests = 0
  using counting = await serving((_request, response) => {
    requests += 1
    response.end()
  })
  using user = remoteUser()
  const folder = path.dirname(user.credentialsFile)
  mkdirSync(folder)
  chmodSync(folder, mode)
  using getuid = vi.spyOn(process, 'getuid')
  if (uid !== undefined) getuid.mockReturnValue(uid)
  for (const words of [
    ['login', 'grace', '--password-stdin'],
    ['call', 'auth.login', '-'],
  ]) {
    expect(await user.run([...words, '--server', counting.url], '"canary"')).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(stderr),
    })
  }
  expect(requests).toBe(0)
  const update = () => updateCredentials(user.credentialsFile, () => undefined)
  await expect(update()).rejects.toThrow(folder)
  expect(readdirSync(folder)).toEqual([])
  // Another user may keep the lock for ever.
  writeFileSync(`${user.credentialsFile}.lock`, String(process.pid))
  await expect(update()).rejects.toThrow(stderr)
})

test.skipIf(!hasTerminal)('login: an unusable file is refused before the password is asked for', async () => {
  using user = withFile(empty, 0o604)
  const words = ['login', 'grace', ...server]
  const screen = await typeOnTerminal(words, {
    environment: user.environment,
    keys: [['Password: ', 'canary\r']],
  })
  expect(screen).toMatch(/^Other users can read or change .*\ncode 1\n/)
})

test('credentials: no change of several processes is lost, and no draft or lock stays', async () => {
  using user = remoteUser()
  const names = ['a', 'b', 'c', 'd']
  const count = 40
  const program = fileURLToPath(new URL('update-credentials.fixture.ts', import.meta.url))
  await Promise.all(
    names.map((name) => run(process.execPath, [program, user.credentialsFile, name, String(count)])),
  )
  const { profiles } = JSON.parse(readFileSync(user.credentialsFile, 'utf8')) as { profiles: object }
  expect(Object.keys(profiles)).toHaveLength(names.length * count)
  expect(readdirSync(path.dirname(user.credentialsFile))).toEqual(['credentials.json'])
})

test('credentials: the lock of a process that was killed is removed', async () => {
  using user = withFile(empty)
  // No process has this id: it is above the limit of Linux.
  writeFileSync(`${user.credentialsFile}.lock`, '4194305')
  await updateCredentials(
    user.credentialsFile,
    (credentials) => void (credentials.server = 'https://a.example'),
  )
  expect(readFileSync(user.credentialsFile, 'utf8')).toContain('https://a.example')
  expect(readdirSync(path.dirname(user.credentialsFile))).toEqual(['credentials.json'])
})

test('credentials: a change that fails leaves the file as it was', async () => {
  using user = withFile(empty)
  const fail = () => {
    throw new Error('planted')
  }
  await expect(updateCredentials(user.credentialsFile, fail)).rejects.toThrow('planted')
  expect(readFileSync(user.credentialsFile, 'utf8')).toBe(empty)
  expect(readdirSync(path.dirname(user.credentialsFile))).toEqual(['credentials.json'])
})

test('credentials: no output has the cookie or the password', async () => {
  await using app = await testApp()
  using user = remoteUser()
  const password = 'canary battery staple'
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  const login = ['login', 'grace', '--server', app.url, '--password-stdin']
  const printed = [await user.run(login, password), await user.run([...login, '--json'], password)]
  const cookie = /"key":"session[^}]*"value":"([^"]+)"/.exec(readFileSync(user.credentialsFile, 'utf8'))?.[1]
  expect(cookie).toBeDefined()
  for (const words of [['whoami'], ['call', 'account.me'], ['logout']]) printed.push(await user.run(words))
  expect(printed.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
  expect(JSON.stringify(printed)).not.toContain('canary')
  expect(JSON.stringify(printed)).not.toContain(cookie)
})

test('credentials: a Secure cookie that comes by plain http from another machine is not kept', async () => {
  using user = remoteUser()
  const cookie = '__Host-session=x; Path=/; HttpOnly; Secure'
  const plain = fileCookies(user.credentialsFile, 'http://accounts.example.org')
  await plain.setCookie(cookie, 'http://accounts.example.org/trpc/auth.login')
  expect(await plain.isEmpty()).toBe(true)
  const secure = fileCookies(user.credentialsFile, 'https://accounts.example.org')
  await secure.setCookie(cookie, 'https://accounts.example.org/trpc/auth.login')
  expect(await secure.isEmpty()).toBe(false)
  expect(await secure.getCookieString('https://other.example.org/')).toBe('')
})
