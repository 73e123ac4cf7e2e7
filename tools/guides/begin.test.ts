import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecord, versionOf } from '../begin/begin-record.mjs'
import { copyTree } from '../copy-tree.mjs'
import { run } from './run.ts'

const root = join(import.meta.dirname, '../..')
const answers = [
  '--name=Acme Accounts',
  '--notes=remove',
  '--signup=closed',
  '--upstream=/nowhere',
  '--no-check',
]

// Runs for minutes: `check`, all tests of the packages and the server, and the browser tests of each page.
test('begin: a renamed tree without notes passes the checks and the tests', () => {
  using copy = copyTree(root)
  // SQLite is enough, because the two trees do not differ in their use of databases.
  const inCopy = (command: string, ...args: string[]) =>
    run(copy.root, command, args, { TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:1/postgres' })
  const pnpm = (...args: string[]) => inCopy(join(root, 'node_modules/.bin/pnpm'), ...args)
  const begin = (...flags: string[]) =>
    inCopy('node', 'tools/pnpm.mjs', 'exec', 'node', 'tools/begin/begin.mjs', ...flags)
  pnpm('install', '--frozen-lockfile', '--prefer-offline')
  expect(() => begin(...answers)).toThrow('needs a git repository')
  inCopy('git', 'init', '--quiet')
  writeFileSync(join(copy.root, 'begin.json.draft'), '')
  inCopy('git', 'add', '--all')
  writeFileSync(join(copy.root, 'begin.json.draft'), 'not staged')
  expect(() => begin(...answers)).toThrow('There are unstaged changes')
  inCopy('git', 'rm', '--quiet', '--force', 'begin.json.draft')

  expect(() => begin('--no-check')).toThrow('The product needs a name.')
  expect(() => begin('--name=Acme', '--notes=maybe')).toThrow('--notes must be keep or remove')
  expect(begin(...answers)).toContain(`This tree is now Acme Accounts, from v${versionOf(root)}.`)
  expect(readRecord(copy.root)).toMatchObject({ slug: 'acme-accounts', notes: 'remove', signup: 'closed' })
  inCopy('git', 'add', '--all')
  expect(begin(...answers)).toContain('Nothing to change')
  expect(() => begin('--notes=keep')).toThrow('The notes were removed')
  expect(inCopy('git', 'diff', '--name-only')).toBe('')

  expect(inCopy('git', 'ls-files', '*note*')).toBe(
    'tools/begin/drop-notes-from-documents.mjs\ntools/begin/remove-notes.mjs\n',
  )
  expect(inCopy('git', 'grep', '-il', 'latchkey', '--', ':!CHANGELOG.md', ':!LICENSE').trim()).toBe(
    'tools/guides/begin.test.ts',
  )
  pnpm('exec', 'node', 'tools/check.mjs')
  for (const name of ['contract', 'router', 'server', 'cli', 'web', 'client-pack'])
    pnpm('--filter', `@app/${name}`, 'exec', 'vitest', 'run')
  pnpm('exec', 'node', 'tools/build.mjs')
  pnpm(
    '--filter',
    '@app/web',
    'exec',
    'playwright',
    'test',
    'e2e/routes.test.ts',
    'e2e/login-and-signup.test.ts',
  )
}, 1_800_000)
