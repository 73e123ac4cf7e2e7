import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { copyTree } from '../copy-tree.mjs'
import { applyGuide } from './apply-guide.mjs'
import { run } from './run.ts'

const root = join(import.meta.dirname, '../..')
const guide = (name: string) => readFileSync(join(root, 'docs', name), 'utf8')

/** Links the unpacked browser of this tree into the copy, because unpacking it again takes 2 s of CPU. */
function reuseBrowser(copy: string): void {
  const browser = 'node_modules/.cache/chromium'
  if (!existsSync(join(root, browser))) return
  mkdirSync(join(copy, dirname(browser)), { recursive: true })
  symlinkSync(join(root, browser), join(copy, browser))
}

// Runs for a minute: `check`, and the tests that list all procedures and pages.
test('guides: a tree that applies adding-a-role, adding-a-feature and own-it passes checks and tests', () => {
  using copy = copyTree(root)
  const pnpm = (...args: string[]) => run(copy.root, join(root, 'node_modules/.bin/pnpm'), args)
  const vitest = (env: Record<string, string>, ...files: string[]) =>
    run(copy.root, 'pnpm', ['--filter', '@app/server', 'exec', 'vitest', 'run', ...files], {
      // One database is enough, because the guides do not depend on it.
      TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:1/postgres',
      ...env,
    })

  pnpm('install', '--frozen-lockfile', '--prefer-offline')
  reuseBrowser(copy.root)
  applyGuide(copy.root, guide('adding-a-role.md'))
  applyGuide(copy.root, guide('adding-a-feature.md'))
  applyGuide(copy.root, guide('own-it.md'))
  // The checks read files that git tracks.
  run(copy.root, 'git', ['init', '--quiet'])
  run(copy.root, 'git', ['add', '--all'])
  pnpm('exec', 'node', 'tools/check.mjs')

  pnpm('--filter', '@app/contract', 'exec', 'vitest', 'run')

  // Writes rows for the new procedures and columns for the new role, and fails so that they are reviewed.
  expect(() => vitest({ UPDATE_MATRIX: '1' }, 'test/security/access-matrix.test.ts')).toThrow(/is written/)
  const matrix = readFileSync(join(copy.root, 'apps/server/test/security/access-matrix.txt'), 'utf8')
  expect(matrix).toMatch(/^bookmarks\.remove +mutation +user +(?:UNAUTHENTICATED +){2}SESSION_EXPIRED /m)
  expect(matrix).toMatch(
    /^procedure .* editor +editor, not theirs +editor, 11 minutes +editor, level 1 +editor, level 2 +admin /m,
  )
  vitest({ UPDATE_API_SURFACE: '1' }, 'test/openapi/surface.test.ts')
  vitest(
    {},
    'test/openapi/document.test.ts',
    'test/openapi/limits.test.ts',
    'test/openapi/surface.test.ts',
    'test/security/access-matrix.test.ts',
    'test/bookmarks/bookmarks.test.ts',
    'test/sessions/ended-during-call.test.ts',
    'test/provocations/provocations.test.ts',
  )

  pnpm('exec', 'node', 'tools/build.mjs')
  pnpm('--filter', '@app/web', 'exec', 'playwright', 'test', 'e2e/routes.test.ts', 'e2e/layout-shift.test.ts')
}, 600_000)
