import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const program = fileURLToPath(new URL('../../rest-python/notes.py', import.meta.url))

test('examples/rest-python: creates, lists, changes and deletes a note with an access token', async () => {
  await using app = await testApp()
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const account = { username: 'barbara', password: 'three keys on one ring' }
  const cookie = (await post('/auth/signup', account)).headers.getSetCookie().join('; ')
  const created = await post('/account/tokens', { name: 'Python', scopes: ['notes:write'] }, { cookie })
  // Sound: the output of tokens.create.
  const { token } = (await created.json()) as { token: string }
  const { stdout } = await run('python3', [program, app.url], { env: { ...process.env, TOKEN: token } })
  expect(stdout).toBe("Notes: ['From Python']\nChanged meanwhile to: Changed once\nLeft: 0\n")
})
