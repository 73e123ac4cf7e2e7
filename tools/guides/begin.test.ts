import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRecord, versionOf } from '../begin/begin-record.mjs'
import { commit, edit, install, newOwner, root } from './owner.ts'
import { next, releases } from './releases.ts'
import { sameTests, usesWhatBeginChanges } from './same-tests.ts'

const links = 'apps/web/src/shell/page-links.ts'

interface Package {
  folder: string
  /** Whether tests that are the same in both trees run again. */
  repeats: RegExp
  /** Other tests that do not run again: of disks, processes and compilers. Nor do they use what changes. */
  leftOut: string[]
  /** Tests of each procedure, which are the same for the procedures that are left. */
  ofEach?: string[]
}

const packages: Record<string, Package> = {
  contract: { folder: 'packages/contract', repeats: /./, leftOut: [] },
  router: {
    folder: 'packages/router',
    repeats: /^src\/features\/sessions\//,
    leftOut: [
      'src/db/sqlite/{file-damage,sqlite-locks,writer-worker-client}.test.ts',
      'src/rate-limits/*.test.ts',
    ],
  },
  server: {
    folder: 'apps/server',
    // A sample, which shows that the sources work as before, and tests of what `begin` edits.
    repeats: /^test\/(?:account|openapi|rest)\/|\/bundle\.test/,
    leftOut: ['test/faults/{disk,kill,stop}.test.ts', 'test/operations/rolling-restart.test.ts'],
    ofEach: [
      'test/security/{canaries,common-failures,tutorial-default-passwords}.test.ts',
      'test/sessions/ended-during-call.test.ts',
      'test/transports/same-{calls,failures,limits}.test.ts',
      'test/http/plain-calls.test.ts',
      'test/tutorial-api/same-as-trpc.test.ts',
    ],
  },
  cli: { folder: 'apps/cli', repeats: /^test\/admin-/, leftOut: [] },
  web: { folder: 'apps/web', repeats: /./, leftOut: [] },
  'client-pack': {
    folder: 'packages/client-pack',
    repeats: /./,
    leftOut: ['test/compilers.test.ts'],
  },
}

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

// Runs for minutes: the tests that `begin` can affect, and the browser tests of each page.
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
  for (const [name, tests] of Object.entries(packages)) owner.vitest(name, exclusionsOf(tests))
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
}, 1_800_000)

/** Returns the arguments of vitest that leave out the tests which need not run again. */
function exclusionsOf({ folder, repeats, leftOut, ofEach = [] }: Package): string[] {
  for (const pattern of [...leftOut, ...ofEach]) {
    const files = globSync(pattern, { cwd: join(owner.root, folder) })
    expect([pattern, files.length > 0]).toEqual([pattern, true])
    if (leftOut.includes(pattern)) files.forEach((file) => expectSame(folder, file))
  }
  const [again, same] = partition(sameTests(join(root, folder), join(owner.root, folder)), repeats)
  expect([folder, again.length > 0]).toEqual([folder, true])
  return [...leftOut, ...ofEach, ...same].flatMap((pattern) => ['--exclude', pattern])
}

function partition(texts: readonly string[], pattern: RegExp): [string[], string[]] {
  return [texts.filter((text) => pattern.test(text)), texts.filter((text) => !pattern.test(text))]
}

function expectSame(folder: string, file: string): void {
  const text = readFileSync(join(owner.root, folder, file), 'utf8')
  expect(text).toBe(readFileSync(join(root, folder, file), 'utf8'))
  expect([file, usesWhatBeginChanges.exec(text)?.[0]]).toEqual([file, undefined])
}
