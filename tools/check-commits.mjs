// Checks that the subjects of the commits that a push brings have at most 72 characters. COMMIT_RANGE names
// the range in CI. Without it, these are the commits that the upstream lacks, or the newest 50 since the tag.
import { spawnSync } from 'node:child_process'

const sinceTag = `${git('describe', '--tags', '--abbrev=0')}..HEAD`
const ranges = [process.env['COMMIT_RANGE'], '@{upstream}..HEAD', sinceTag, 'HEAD']
const range = ranges.find((each) => each && git('rev-list', '--max-count=1', each) !== undefined) ?? ''
const subjects = git('log', '--no-merges', '--max-count=50', '--format=%s', range)?.split('\n') ?? []
const tooLong = subjects.filter((subject) => subject.length > 72)
for (const subject of tooLong) console.error(`over 72 characters: ${subject}`)
process.exitCode = tooLong.length === 0 ? 0 : 1

/** @param {string[]} args */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
