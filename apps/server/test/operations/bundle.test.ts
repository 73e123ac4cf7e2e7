import { readFileSync } from 'node:fs'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { bundledServer } from '../support/bundled-server.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

test('bundle: starts without the sources, hashes and writes in its workers, and has the known passwords', async () => {
  using bundle = await bundledServer()
  using data = dataFolder()
  // A later build must not replace the workers that a running server starts later.
  const workers = ['hash', 'writer', 'file-check'].map((name) =>
    expect.stringMatching(new RegExp(`^${name}-worker-[\\w-]{8}\\.js$`)),
  )
  expect(bundle.files).toEqual(expect.arrayContaining(['main.js', ...workers]))
  await using server = startServer(
    { DATABASE_URL: data.databaseUrl, LIMITS: 'relaxed' },
    [],
    ['--no-experimental-strip-types', bundle.program],
  )
  const url = await server.url()
  // One wider character would double the memory of its file.
  for (const file of bundle.files)
    expect(readFileSync(path.join(path.dirname(bundle.program), file), 'utf8')).not.toMatch(/[\u0100-\uffff]/)
  // Express keeps the media types that it needs.
  for (const [page, type] of [
    ['/', 'text/html; charset=utf-8'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/connectionz', 'application/json; charset=utf-8'],
    ['/livez', 'text/plain; charset=utf-8'],
  ] as const) {
    const { headers } = await fetch(url + page, { headers: { accept: 'text/html' } })
    expect([page, headers.get('content-type')]).toEqual([page, type])
  }
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
