import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeNotes } from '../begin/remove-notes.mjs'
import { copyTree } from '../copy-tree.mjs'

const root = join(import.meta.dirname, '../..')

/** Runs a command in the copy, on SQLite alone: a tree without notes differs in nothing between databases. */
function run(cwd: string, command: string, ...args: string[]): string {
  const env = { ...process.env, TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:1/postgres' }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}\n${stderr}`)
  return stdout
}

// Takes minutes: `check`, all tests of the packages and of the server, and the browser tests of each page.
test('a tree without notes passes the checks and the tests', () => {
  using copy = copyTree(root)
  const pnpm = (...args: string[]) => run(copy.root, join(root, 'node_modules/.bin/pnpm'), ...args)
  pnpm('install', '--frozen-lockfile', '--prefer-offline')
  run(copy.root, 'git', 'init', '--quiet')
  run(copy.root, 'git', 'add', '--all')
  removeNotes(copy.root)
  run(copy.root, 'git', 'add', '--all')
  expect(run(copy.root, 'git', 'ls-files', '*note*')).toBe(
    'tools/begin/remove-notes.mjs\ntools/guides/remove-notes.test.ts\n',
  )

  pnpm('exec', 'node', 'tools/check.mjs')
  for (const name of ['contract', 'router', 'server', 'cli', 'web'])
    pnpm('--filter', `@app/${name}`, 'exec', 'vitest', 'run')
  pnpm('exec', 'node', 'tools/build.mjs')
  pnpm('--filter', '@app/web', 'exec', 'playwright', 'test', 'e2e/addresses.test.ts', 'e2e/account.test.ts')
}, 1_800_000)
