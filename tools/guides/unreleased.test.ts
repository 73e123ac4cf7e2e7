import { afterAll, expect, test } from 'vitest'
import { versionOf } from '../begin/begin-record.mjs'
import { copyTree } from '../copy-tree.mjs'
import { commit, newOwner, root } from './owner.ts'

const upstream = copyTree(root)
const owner = newOwner()
afterAll(() => {
  owner[Symbol.dispose]()
  upstream[Symbol.dispose]()
})

const version = `v${versionOf(root)}`

test('begin: reports that a commit without the tag of its version is no release', () => {
  commit(upstream.root, 'Work on the first release')
  commit(owner.root, 'Work on the first release')
  const flags = ['--name=Acme Notes', `--upstream=${upstream.root}`, '--no-check']
  const printed = owner.run('node', 'tools/begin/begin.mjs', ...flags)
  expect(printed).toContain(
    `This tree is now Acme Notes. begin.json records it.\nIts commit is no release: there is no tag ${version}. npm run upgrade needs a tree that began from a release.\n`,
  )
  commit(owner.root, 'Begin')
  const later = owner.run('node', 'tools/begin/begin.mjs', '--name=Acme Accounts', '--no-check')
  expect(later).not.toContain('is no release')
  commit(owner.root, 'Rename')
})

test('upgrade: without a release of upstream, it prints what to do', () => {
  expect(() => owner.upgrade()).toThrow(
    `${upstream.root} has no release, and an upgrade needs one. Run this again when it has a tag like v1.2.0, or name another repository: npm run upgrade -- --from <repository>\n`,
  )
})

test('upgrade: without the release that begin.json records, it prints what to do', () => {
  owner.run('git', '-C', upstream.root, 'tag', 'v9.8.7')
  expect(() => owner.upgrade()).toThrow(
    `${upstream.root} has no version ${version}, which begin.json records. It has: 9.8.7. Write the one from which this tree began, or the next one after it, as the version into begin.json, and commit it.\n`,
  )
})

test('upgrade: for a version that upstream lacks, it prints those that it has', () => {
  owner.run('git', '-C', upstream.root, 'tag', version)
  expect(() => owner.upgrade('v9.9.9')).toThrow(
    `${upstream.root} has no version v9.9.9. It has: ${version.slice(1)}, 9.8.7. Name one of them: npm run upgrade -- v9.8.7\n`,
  )
})
