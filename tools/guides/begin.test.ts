import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRecord, versionOf } from '../begin/begin-record.mjs'
import { commit, edit, install, newOwner, root } from './owner.ts'
import { next, releases } from './releases.ts'

const packages = ['contract', 'router', 'server', 'cli', 'web', 'client-pack']
const links = 'apps/web/src/shell/page-links.ts'

/**
 * Tests of disks, processes, races and compilers, which are the same in both trees: they use neither the
 * product's name nor notes nor lists of all procedures. Leaving them out saves 100 s of CPU.
 */
const sameInBothTrees: Record<string, string[]> = {
  router: [
    'src/db/sqlite/{file-damage,sqlite-locks,writer-worker-client}.test.ts',
    'src/features/mail/smtp-failures.test.ts',
    'src/rate-limits/*.test.ts',
  ],
  server: [
    'test/auth/hash-workers.test.ts',
    // Not stop.test.ts, whose check of the rows loses a query with the notes.
    'test/faults/{clock,clock-set-back,disk,full-disk-recovery,kill}.test.ts',
    'test/faults/{lock,mail-kill,output,silent-database,sweep-plans}.test.ts',
    'test/http/slow-clients.test.ts',
    'test/model/**/*.ts',
    'test/operations/{dev,rolling-restart,stopping,watch-mode}.test.ts',
    'test/races/**/*.ts',
  ],
  'client-pack': ['test/compilers.test.ts'],
}
const folders: Record<string, string> = {
  router: 'packages/router',
  server: 'apps/server',
  'client-pack': 'packages/client-pack',
}
const usesWhatChanges =
  /contract\/product|\bnotes\b|Note|note[-A-Z]|support\/(procedures|procedure-types|valid-inputs?|caller-kinds)/

// One tree, because checking a tree takes 40 s of CPU: `check` runs at the end of the upgrade.
const upstream = releases()
const owner = newOwner()
afterAll(() => {
  owner[Symbol.dispose]()
  upstream[Symbol.dispose]()
})

const begin = (...flags: string[]) =>
  owner.run('node', 'tools/pnpm.mjs', 'exec', 'node', 'tools/begin/begin.mjs', ...flags)
const answers = [
  '--name=Acme Accounts',
  '--notes=remove',
  '--signup=closed',
  `--upstream=${upstream.root}`,
  '--no-check',
]

// Runs for minutes: all tests of the packages and the server, and the browser tests of each page.
test('begin: a renamed tree without notes passes the tests', () => {
  install(owner.root)
  expect(() => begin(...answers)).toThrow('needs a git repository')
  owner.run('git', 'init', '--quiet')
  writeFileSync(join(owner.root, 'begin.json.draft'), '')
  owner.run('git', 'add', '--all')
  writeFileSync(join(owner.root, 'begin.json.draft'), 'not staged')
  expect(() => begin(...answers)).toThrow('There are unstaged changes')
  owner.run('git', 'rm', '--quiet', '--force', 'begin.json.draft')

  expect(() => begin('--no-check')).toThrow('The product needs a name.')
  expect(() => begin('--name=Acme', '--notes=maybe')).toThrow('--notes must be keep or remove')
  expect(begin(...answers)).toContain(`This tree is now Acme Accounts, from v${versionOf(root)}.`)
  expect(readRecord(owner.root)).toMatchObject({ slug: 'acme-accounts', notes: 'remove', signup: 'closed' })
  owner.run('git', 'add', '--all')
  expect(begin(...answers)).toContain('Nothing to change')
  expect(() => begin('--notes=keep')).toThrow('The notes were removed')
  expect(owner.run('git', 'diff', '--name-only')).toBe('')

  expect(owner.run('git', 'ls-files', '*note*')).toBe(
    'tools/begin/drop-notes-from-documents.mjs\ntools/begin/remove-notes.mjs\n',
  )
  expect(owner.run('git', 'grep', '-il', 'latchkey', '--', ':!CHANGELOG.md', ':!LICENSE').trim()).toBe(
    'tools/guides/begin.test.ts',
  )
  // The upgrade formats before it checks.
  owner.pnpm('exec', 'oxfmt', '--check')
  for (const [name, patterns] of Object.entries(sameInBothTrees)) expectSame(folders[name] ?? '', patterns)
  for (const name of packages) {
    owner.vitest(
      name,
      (sameInBothTrees[name] ?? []).flatMap((pattern) => ['--exclude', pattern]),
    )
  }
  owner.browserTests('e2e/routes.test.ts', 'e2e/login-and-signup.test.ts')
}, 1_800_000)

test('upgrade: removed notes stay removed, --continue finishes after a conflict, and the checks pass', () => {
  // Upstream's guide changes the same line.
  edit(owner.root, links, (text) => text.replace("label: 'Audit log'", "label: 'Events'"))
  commit(owner.root, 'Begin, and rename a link')

  expect(() => owner.upgrade()).toThrow(
    /changed the same lines of:\n {2}apps\/web\/src\/shell\/page-links\.ts\n/,
  )
  expect(() => owner.upgrade()).toThrow('The tree has uncommitted changes.')
  expect(() => owner.upgrade('--continue')).toThrow(`Still in conflict: ${links}`)
  owner.run('git', 'checkout', '--theirs', links)
  owner.run('git', 'add', links)
  const printed = owner.upgrade('--continue')
  expect(printed).toContain(`The upgrade to v${next} is staged`)
  for (const step of ['types', 'lint', 'dead code', 'house rules'])
    expect(printed).toContain(`ok     ${step} `)
  expect(existsSync(join(owner.root, 'packages/router/src/features/notes'))).toBe(false)
}, 600_000)

/** Expects that these files of a package did not change with the tree, and use nothing that did. */
function expectSame(folder: string, patterns: string[]): void {
  for (const pattern of patterns) {
    const files = globSync(pattern, { cwd: join(root, folder) })
    expect([pattern, files.length > 0]).toEqual([pattern, true])
    for (const file of files) {
      const text = readFileSync(join(owner.root, folder, file), 'utf8')
      expect(text).toBe(readFileSync(join(root, folder, file), 'utf8'))
      expect([file, usesWhatChanges.exec(text)?.[0]]).toEqual([file, undefined])
    }
  }
}
