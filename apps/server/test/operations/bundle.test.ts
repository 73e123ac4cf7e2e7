import { mkdirSync, mkdtempDisposableSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { bundleServer } from '../../build/bundle-server.ts'
import { startServer } from '../support/server-process.ts'

test('bundle: starts without the sources, hashes and writes in its workers, and has the known passwords', async () => {
  // Within the package: a bundle finds installed packages and files by its place in the repository.
  const cache = fileURLToPath(new URL('../../.cache', import.meta.url))
  mkdirSync(cache, { recursive: true })
  using folder = mkdtempDisposableSync(path.join(cache, 'bundle-'))
  const files = await bundleServer(folder.path)
  expect(files).toEqual(
    expect.arrayContaining(['main.js', 'hash-worker.js', 'writer-worker.js', 'file-check-worker.js']),
  )
  await using server = startServer(
    { DATABASE_URL: `file:${folder.path}/app.db`, LIMITS: 'relaxed' },
    [],
    ['--no-experimental-strip-types', path.join(folder.path, 'main.js')],
  )
  const url = await server.url()
  const signUp = async (username: string, password: string) => {
    const answer = await fetch(`${url}/trpc/auth.signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signupInput({ username, password })),
    })
    return [answer.status, await answer.text()]
  }
  expect(await signUp('bundled', 'password1')).toEqual([400, expect.stringMatching(/password/)])
  expect(await signUp('bundled', 'five hats on a quiet shelf')).toEqual([
    200,
    expect.stringContaining('bundled'),
  ])
})
