import { execFile } from 'node:child_process'
import path from 'node:path'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'

test('first call: signs up, changes and reads a name, handles a taken name and logs out; a second run logs in', async () => {
  await using app = await testApp()
  const run = await runProgram(app.url)
  expect(run).toEqual({
    exitCode: 0,
    errors: [],
    lines: [
      'Signed up as first-caller.',
      'Read it back: First Caller',
      'The name first-caller is taken, so logged in.',
      'Logged out.',
    ],
  })

  const second = await runProgram(app.url)
  expect(second).toMatchObject({ exitCode: 0, errors: [] })
  expect(second.lines[0]).toBe('The name first-caller is taken, so logged in.')
  expect(second.lines.at(-1)).toBe('Logged out.')

  await app.api.auth.login.mutate({ username: 'first-caller', password: 'three keys on one ring' })
  expect(await app.api.account.me.query()).toMatchObject({ name: 'First Caller' })
})

test('first call: prints one sentence when sign-up is closed or the server is unreachable', async () => {
  await using app = await testApp({ settings: { signup: 'closed' } })
  expect(await runProgram(app.url)).toEqual({
    exitCode: 1,
    errors: ['This server takes no sign-ups.'],
    lines: [],
  })
  await app.close()
  expect(await runProgram(app.url)).toEqual({
    exitCode: 1,
    errors: ['The server cannot be reached. Check your connection, or try again in a moment.'],
    lines: [],
  })
})

interface Run {
  exitCode: number | string | null
  lines: string[]
  errors: string[]
}

/** Runs the program as a user would: Node, the file, the address. */
function runProgram(url: string): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>()
  const main = path.join(import.meta.dirname, '../main.ts')
  const child = execFile(process.execPath, [main, url], (_error, stdout, stderr) =>
    resolve({ exitCode: child.exitCode, lines: linesOf(stdout), errors: linesOf(stderr) }),
  )
  return promise
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
