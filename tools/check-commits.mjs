// Checks the subjects of the commits that a push brings: at most 72 characters. COMMIT_RANGE names the range
// in CI. Without it, these are the commits that the upstream lacks, or those since the newest tag, at most
// 50.
import { spawnSync } from 'node:child_process'

const maxLength = 72
const ranges = [
  process.env['COMMIT_RANGE'],
  '@{upstream}..HEAD',
  `${git('describe', '--tags', '--abbrev=0')}..HEAD`,
  'HEAD',
]
const range = ranges.find((each) => each && git('rev-list', '--max-count=1', each) !== undefined) ?? ''
const subjects = git('log', '--no-merges', '--max-count=50', '--format=%h %s', range)?.split('\n') ?? []
const tooLong = subjects.filter((line) => line.slice(line.indexOf(' ') + 1).length > maxLength)
for (const line of tooLong) console.error(`over ${maxLength} characters: ${line}`)
process.exitCode = tooLong.length === 0 ? 0 : 1

/**
 * @param {string[]} args
 * @returns {string | undefined} undefined if git fails, or if this is no checkout
 */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
