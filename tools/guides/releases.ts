import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { versionOf } from '../begin/begin-record.mjs'
import { copyTree } from '../copy-tree.mjs'
import { applyGuide } from './apply-guide.mjs'
import { commit, edit, readGuide, root } from './owner.ts'

const base = versionOf(root)
export const next = `${base.split('.')[0]}.${Number(base.split('.')[1]) + 1}.0`

/**
 * Makes an upstream repository with two tags: this version, and a later one that applies the guide for a
 * role, changes the notes, and adds a migration.
 */
export function releases(): { root: string } & Disposable {
  const upstream = copyTree(root)
  const tree = upstream.root
  commit(tree, `Release ${base}`, `v${base}`)
  applyGuide(tree, readGuide('adding-a-role.md'))
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
