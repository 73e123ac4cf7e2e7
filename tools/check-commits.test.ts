import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'

/** Commits with these subjects, the oldest first, and checks them; the first one is tagged. */
function check(subjects: string[], environment: Record<string, string> = {}): string {
  using tree = plantTree({})
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, {
      cwd: tree.root,
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...environment },
      encoding: 'utf8',
    })
  run('git', 'init', '-q')
  const author = ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org']
  for (const [index, subject] of subjects.entries()) {
    run('git', ...author, 'commit', '-q', '--allow-empty', '-m', subject)
    if (index === 0) run('git', 'tag', 'v0.0.1')
  }
  const { status, stderr } = run(process.execPath, join(import.meta.dirname, 'check-commits.mjs'))
  return `${status} ${stderr.replaceAll(/: \w+ /g, ': ')}`.trim()
}

const fits = 'a'.repeat(72)
const isTooLong = 'b'.repeat(73)

test('commit subjects: refuses more than 72 characters since the newest tag', () => {
  expect(check([isTooLong, fits])).toBe('0')
  expect(check([fits, isTooLong])).toBe(`1 over 72 characters: ${isTooLong}`)
})

test('commit subjects: reads the range of the push in CI', () => {
  expect(check([fits, isTooLong, fits], { COMMIT_RANGE: 'HEAD~1..HEAD' })).toBe('0')
  expect(check([fits, isTooLong], { COMMIT_RANGE: `${'0'.repeat(40)}..HEAD` })).toContain(isTooLong)
})
