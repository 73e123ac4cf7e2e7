import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRecord, versionOf } from '../begin/begin-record.mjs'
import { copyTree } from '../copy-tree.mjs'
import { commit, edit, newOwner, root } from './owner.ts'

const upstream = copyTree(root)
const owner = newOwner()
afterAll(() => {
  owner[Symbol.dispose]()
  upstream[Symbol.dispose]()
})

const base = versionOf(root)
const next = '9.8.7'
const begin = (...flags: string[]) => owner.run('node', 'tools/begin/begin.mjs', '--no-check', ...flags)
const pathOf = (file: string) => join(owner.root, file)

test('begin: keeps files that git does not have, because git could not restore them', () => {
  commit(owner.root, 'Clone')
  writeFileSync(pathOf('notes.txt'), 'of the owner')
  expect(() => begin('--name=Acme', '--notes=remove')).toThrow(
    'There are unstaged changes or new files: notes.txt. Commit them first',
  )
  expect(readFileSync(pathOf('notes.txt'), 'utf8')).toBe('of the owner')
  expect(owner.run('git', 'status', '--porcelain')).toBe('?? notes.txt\n')
})

test('begin: does not write the password of the address that was cloned into begin.json', () => {
  owner.run('git', 'remote', 'add', 'origin', 'https://ada:swordfish@example.org/accounts.git')
  begin('--name=Acme')
  expect(readRecord(owner.root)?.upstream).toBe('https://example.org/accounts.git')
  owner.run('git', 'remote', 'set-url', 'origin', 'git@example.org:accounts.git')
  owner.run('git', 'restore', '.')
  owner.run('rm', 'begin.json')
  begin('--name=Acme')
  expect(readRecord(owner.root)?.upstream).toBe('git@example.org:accounts.git')
})

test('begin: the slug of a long name does not end with a hyphen', () => {
  expect(() => begin('--slug=acme-')).toThrow('single hyphens between them')
  begin(`--name=${'a'.repeat(29)} bc`)
  expect(readRecord(owner.root)?.slug).toBe('a'.repeat(29))
  owner.run('git', 'restore', '.')
})

test('begin: a second name replaces the first one in documents, but not words that begin like it', () => {
  owner.run('rm', 'begin.json')
  begin('--name=Architect')
  begin('--name=Blue.Door')
  const [before = '', after] = [root, owner.root].map((tree) => readFileSync(join(tree, 'README.md'), 'utf8'))
  expect(before).toContain('docs/architecture.md')
  const [, name = ''] = /^# (.+)$/m.exec(before) ?? []
  const { name: slug } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(after).toBe(before.replaceAll(name, 'Blue.Door').replaceAll(slug, 'blue-door'))
  expect(readFileSync(pathOf('deploy/monitoring/alerts.yaml'), 'utf8')).toContain('(blue_door_calls_total')
  owner.run('git', 'restore', '.')
})

test('begin: a second name leaves documents as they are where the first one is also a word', () => {
  owner.run('rm', 'begin.json')
  begin('--name=Notes')
  owner.run('git', 'add', '*.md')
  expect(begin('--name=Acme')).toContain('Documents still say Notes, because they use it as a word too.')
  expect(owner.run('git', 'diff', '--name-only', '--', '*.md')).toBe('')
  expect(readFileSync(pathOf('deploy/monitoring/alerts.yaml'), 'utf8')).toContain('(acme_calls_total')
  owner.run('git', 'restore', '--staged', '--worktree', '.')
  owner.run('rm', 'begin.json')
})

test.each(['begin', 'upgrade'])('%s: prints how to use it, also after an unknown option', (name) => {
  const runWith = (option: string) => owner.run('node', `tools/${name}/${name}.mjs`, option)
  const usage = `Usage: npm run ${name} `
  expect(runWith('--help')).toMatch(new RegExp(`^${usage}`))
  expect(() => runWith('--halp')).toThrow(new RegExp(`Unknown option '--halp'\\..*\n${usage}`))
  expect(() => runWith('--halp')).not.toThrow('node:internal')
})

test('upgrade: fails when it would overwrite a file that git does not have, and changes nothing', () => {
  begin('--name=Acme', `--upstream=${upstream.root}`)
  owner.run('git', 'add', '--all', ':!notes.txt')
  commit(owner.root, 'Begin')
  commit(upstream.root, `Release ${base}`, `v${base}`)
  edit(upstream.root, 'package.json', (text) => text.replace(`"version": "${base}"`, `"version": "${next}"`))
  writeFileSync(join(upstream.root, 'roadmap.txt'), 'of the new version')
  commit(upstream.root, `Release ${next}`, `v${next}`)

  writeFileSync(pathOf('roadmap.txt'), 'of the owner')
  expect(() => owner.upgrade()).toThrow(/would be overwritten[^]*roadmap\.txt/)
  expect(readFileSync(pathOf('roadmap.txt'), 'utf8')).toBe('of the owner')
  expect(readRecord(owner.root)?.version).toBe(base)
})

test('upgrade: rejects a version before that of the tree', () => {
  owner.run('rm', 'roadmap.txt')
  edit(owner.root, 'begin.json', (text) => text.replace(base, next))
  commit(owner.root, 'Upgrade')
  expect(() => owner.upgrade(`v${base}`)).toThrow(
    `v${base} is older than v${next}, the version of this tree. An older version does not start on a database that a newer one has migrated.`,
  )
  expect(existsSync(pathOf('roadmap.txt'))).toBe(false)
})
