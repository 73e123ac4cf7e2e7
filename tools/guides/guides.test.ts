import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { applyGuide } from './apply-guide.mjs'
import { commit, install, newOwner, readGuide } from './owner.ts'
import { next, releases } from './releases.ts'
import { serve } from './serve.ts'

// One tree, because checking a tree takes 40 s of CPU: upstream applies the guide for a role, and the owner
// those for a feature and a field. Both add lines to the same joining lists.
const upstream = releases()
const owner = newOwner()
afterAll(() => {
  owner[Symbol.dispose]()
  upstream[Symbol.dispose]()
})

test('upgrade: a tree with its own feature merges without conflict, passes the checks, and its users still log in', async () => {
  owner.run('node', 'tools/begin/begin.mjs', '--name=Acme Notes', `--upstream=${upstream.root}`, '--no-check')
  applyGuide(owner.root, readGuide('adding-a-feature.md'))
  applyGuide(owner.root, readGuide('own-it.md'))
  commit(owner.root, 'Begin, and add bookmarks')
  install(owner.root)
  const port = await freePort()
  const before = await serve(owner.root, port)
  const cookie = await before.signUp('ada')
  await before.stop()

  const printed = owner.upgrade()
  expect(printed).toContain(`The upgrade to v${next} is staged`)
  expect(printed).toContain('Sessions end on the next start.')
  expect(printed).toMatch(/^ok +types /m)
  expect(printed).toMatch(/^ok +lint /m)
  commit(owner.root, `Upgrade to v${next}`)
  expect(readFileSync(join(owner.root, 'packages/contract/src/product.ts'), 'utf8')).toContain("'Acme Notes'")
  expect(owner.upgrade()).toContain('There is nothing newer.')

  const after = await serve(owner.root, port)
  expect(await after.usernameOf(cookie)).toBe('ada')
  expect(await after.logIn('ada')).toMatch(/=\S+/)
  await after.stop()
}, 1_800_000)

test('guides: a tree that applies adding-a-role, adding-a-feature and own-it passes the tests', () => {
  owner.vitest('contract')

  // Writes rows for the new procedures and columns for the new role, and fails so that they are reviewed. The
  // other test passes: it compares what is written with the declared access.
  const write = { UPDATE_MATRIX: '1' }
  expect(() => owner.vitest('server', ['test/security/access-matrix.test.ts'], write)).toThrow(
    /1 failed.*1 passed[^]*is written/,
  )
  const matrix = readFileSync(join(owner.root, 'apps/server/test/security/access-matrix.txt'), 'utf8')
  expect(matrix).toMatch(/^bookmarks\.remove +mutation +user +(?:UNAUTHENTICATED +){2}SESSION_EXPIRED /m)
  expect(matrix).toMatch(
    /^procedure .* editor +editor, not theirs +editor, 11 minutes +editor, level 1 +editor, level 2 +admin /m,
  )
  owner.vitest('server', ['test/openapi/surface.test.ts'], { UPDATE_API_SURFACE: '1' })
  owner.vitest('server', [
    'test/openapi/document.test.ts',
    'test/openapi/limits.test.ts',
    'test/openapi/surface.test.ts',
    'test/bookmarks/bookmarks.test.ts',
    'test/sessions/ended-during-call.test.ts',
    'test/provocations/provocations.test.ts',
  ])
  owner.browserTests('e2e/routes.test.ts', 'e2e/layout-shift.test.ts')
}, 1_800_000)
