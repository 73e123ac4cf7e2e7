import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyTree } from '../copy-tree.mjs'
import { applyGuide } from './apply-guide.mjs'
import { run } from './run.ts'
import { freePort, serve } from './serve.ts'

const root = join(import.meta.dirname, '../..')
const guide = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

// The owner renames the product and applies one guide. Upstream applies the other, and adds a migration:
// both add lines to the same joining lists.
test('a tree with a feature of its own upgrades to a newer version, and its users still log in', async () => {
  using upstream = copyTree(root)
  using folder = copyTree(root)
  const owner = folder.root
  commit(upstream.root, 'Release 0.1.0', 'v0.1.0')
  releaseNext(upstream.root)
  commit(upstream.root, 'Release 0.2.0', 'v0.2.0')

  run(owner, 'node', [
    'tools/begin/begin.mjs',
    '--name=Acme Notes',
    `--upstream=${upstream.root}`,
    '--no-check',
  ])
  applyGuide(owner, guide('adding-a-feature.md'))
  commit(owner, 'Begin, and add bookmarks')
  run(owner, 'node', ['tools/pnpm.mjs', 'install', '--frozen-lockfile', '--prefer-offline'])
  const port = await freePort()
  const before = await serve(owner, port)
  const cookie = await before.signUp('ada')
  await before.stop()

  const printed = run(owner, 'node', ['tools/upgrade/upgrade.mjs', '--no-tests'])
  expect(printed).toContain('The upgrade to v0.2.0 is staged')
  expect(printed).toContain('Sessions end on the next start.')
  expect(run(owner, 'git', ['diff', '--name-only', '--diff-filter=U'])).toBe('')
  commit(owner, 'Upgrade to v0.2.0')
  expect(readFileSync(join(owner, 'packages/contract/src/product.ts'), 'utf8')).toContain("'Acme Notes'")
  expect(run(owner, 'node', ['tools/upgrade/upgrade.mjs'])).toContain('There is nothing newer.')

  const after = await serve(owner, port)
  expect(await after.whoIs(cookie)).toBe('ada')
  expect(await after.logIn('ada')).toMatch(/=\S+/)
  await after.stop()
}, 600_000)

function releaseNext(tree: string): void {
  applyGuide(tree, guide('adding-a-role.md'))
  edit(tree, 'package.json', (text) => text.replace('"version": "0.1.0"', '"version": "0.2.0"'))
  edit(tree, 'CHANGELOG.md', (text) =>
    text.replace(
      '## Unreleased',
      '## Unreleased\n\n## 0.2.0\n\n### Migrations\n\n- Sessions end on the next start.\n',
    ),
  )
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
