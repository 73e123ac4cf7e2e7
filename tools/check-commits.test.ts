import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'

const fits = 'a'.repeat(72)
const isTooLong = 'b'.repeat(73)
const author = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org']

test.each([
  ['passes what is older than the newest tag', [isTooLong, fits], '', 0],
  ['refuses more than 72 characters since the newest tag', [fits, isTooLong], '', 1],
  ['reads the range of the push in CI', [fits, isTooLong, fits], 'HEAD~1..HEAD', 0],
  ['falls back from a range that does not exist', [fits, isTooLong], `${'0'.repeat(40)}..HEAD`, 1],
])('commit subjects: %s', (_, subjects, range, wanted) => {
  using tree = plantTree({})
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', COMMIT_RANGE: range }
  const git = (...args: string[]) => execFileSync('git', [...author, ...args], { cwd: tree.root, env })
  git('init', '-q')
  for (const [index, subject] of subjects.entries()) {
    git('commit', '-q', '--allow-empty', '-m', subject)
    if (index === 0) git('tag', 'v0.0.1')
  }
  const script = join(import.meta.dirname, 'check-commits.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: tree.root, env, encoding: 'utf8' })
  expect([status, stderr]).toEqual([wanted, wanted === 0 ? '' : `over 72 characters: ${isTooLong}\n`])
})
