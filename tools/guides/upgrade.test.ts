import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { versionOf } from '../begin/begin-record.mjs'
import { copyTree } from '../copy-tree.mjs'
import { applyGuide } from './apply-guide.mjs'
import { run } from './run.ts'
import { freePort, serve } from './serve.ts'

const root = join(import.meta.dirname, '../..')
const guide = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

const base = versionOf(root)
const next = `${base.split('.')[0]}.${Number(base.split('.')[1]) + 1}.0`

// Upstream applies the guide for a role, changes the notes, and adds a migration. The owner applies the guide
// for a feature: both add lines to the same joining lists.
test('upgrade: a tree with its own feature merges without conflict, and its users still log in', async () => {
  using upstream = releases()
  using folder = copyTree(root)
  const owner = folder.root
  run(owner, 'node', [
    'tools/begin/begin.mjs',
    '--name=Acme Notes',
    `--upstream=${upstream.root}`,
    '--no-check',
  ])
  applyGuide(owner, guide('adding-a-feature.md'))
  commit(owner, 'Begin, and add bookmarks')
  install(owner)
  const port = await freePort()
  const before = await serve(owner, port)
  const cookie = await before.signUp('ada')
  await before.stop()

  const printed = run(owner, 'node', ['tools/upgrade/upgrade.mjs', '--no-tests'])
  expect(printed).toContain(`The upgrade to v${next} is staged`)
  expect(printed).toContain('Sessions end on the next start.')
  commit(owner, `Upgrade to v${next}`)
  expect(readFileSync(join(owner, 'packages/contract/src/product.ts'), 'utf8')).toContain("'Acme Notes'")
  expect(run(owner, 'node', ['tools/upgrade/upgrade.mjs'])).toContain('There is nothing newer.')

  const after = await serve(owner, port)
  expect(await after.usernameOf(cookie)).toBe('ada')
  expect(await after.logIn('ada')).toMatch(/=\S+/)
  await after.stop()
}, 600_000)

test('upgrade: removed notes stay removed, and --continue finishes after a conflict', () => {
  using upstream = releases()
  using folder = copyTree(root)
  const owner = folder.root
  const upgrade = (...flags: string[]) =>
    run(owner, 'node', ['tools/upgrade/upgrade.mjs', '--no-tests', ...flags])
  run(owner, 'git', ['init', '--quiet', '--initial-branch=main'])
  install(owner)
  run(owner, 'node', [
    'tools/begin/begin.mjs',
    '--name=Acme',
    '--notes=remove',
    `--upstream=${upstream.root}`,
    '--no-check',
  ])
  // Upstream's guide changes the same line.
  edit(owner, 'apps/web/src/shell/page-links.ts', (text) =>
    text.replace("label: 'Audit log'", "label: 'Events'"),
  )
  commit(owner, 'Begin, and rename a link')

  expect(() => upgrade()).toThrow(/changed the same lines of:\n {2}apps\/web\/src\/shell\/page-links\.ts\n/)
  expect(() => upgrade()).toThrow('The tree has uncommitted changes.')
  expect(() => upgrade('--continue')).toThrow('Still in conflict: apps/web/src/shell/page-links.ts')
  run(owner, 'git', ['checkout', '--theirs', 'apps/web/src/shell/page-links.ts'])
  run(owner, 'git', ['add', 'apps/web/src/shell/page-links.ts'])
  expect(upgrade('--continue')).toContain(`The upgrade to v${next} is staged`)
  expect(existsSync(join(owner, 'packages/router/src/features/notes'))).toBe(false)
}, 600_000)

/** Makes an upstream repository with two tags: this version, and a later one. */
function releases(): { root: string } & Disposable {
  const upstream = copyTree(root)
  const tree = upstream.root
  commit(tree, `Release ${base}`, `v${base}`)
  applyGuide(tree, guide('adding-a-role.md'))
  edit(tree, 'package.json', (text) => text.replace(`"version": "${base}"`, `"version": "${next}"`))
  edit(tree, 'CHANGELOG.md', (text) =>
    text.replace(
      '## Unreleased',
      `## Unreleased\n\n## ${next}\n\n### Migrations\n\n- Sessions end on the next start.\n`,
    ),
  )
  edit(tree, 'packages/router/src/features/notes/procedures.ts', (text) => `${text}\n// A later version.\n`)
  writeFileSync(
    join(tree, 'packages/router/src/db/migrations/0099-upstream.ts'),
    [
      "import type { Migration } from '../migration.ts'",
      '',
      'export const upstream: Migration = {',
      "  name: '0099-upstream',",
      '  up: async (context) => {',
      "    await context.createTable('upstream').addColumn('id', context.text).execute()",
      '  },',
      '}',
      '',
    ].join('\n'),
  )
  edit(tree, 'packages/router/src/db/migrations/index.ts', (text) =>
    text
      .replace(/(import .*\n)(?!import)/, "$1import { upstream } from './0099-upstream.ts'\n")
      .replace(/\n\]/, '\n  upstream,\n]'),
  )
  commit(tree, `Release ${next}`, `v${next}`)
  return upstream
}

function install(tree: string): void {
  run(tree, 'node', ['tools/pnpm.mjs', 'install', '--frozen-lockfile', '--prefer-offline'])
}

function edit(tree: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(tree, path), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`${path} was not changed`)
  writeFileSync(join(tree, path), changed)
}

function commit(tree: string, message: string, tag?: string): void {
  mkdirSync(join(tree, '.git'), { recursive: true })
  run(tree, 'git', ['init', '--quiet', '--initial-branch=main'])
  run(tree, 'git', ['add', '--all'])
  run(tree, 'git', ['-c', 'user.name=owner', '-c', 'user.email=owner@localhost', 'commit', '-qm', message])
  if (tag !== undefined) run(tree, 'git', ['tag', tag])
}
