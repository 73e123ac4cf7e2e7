// `npm run begin` turns this tree into the owner's product. It asks on a terminal; without one it reads
// flags: --name "Acme Notes" [--slug acme-notes] [--notes keep|remove] [--signup open|closed] [--upstream
// <repository>] [--no-check]. A second run with the same answers changes nothing.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gitOutput, gitSucceeds } from '../git.mjs'
import { readAnswers } from './answers.mjs'
import { readRecord, versionOf, writeRecord } from './begin-record.mjs'
import { isOrdinaryName, nameProduct } from './name-product.mjs'
import { removeNotes } from './remove-notes.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
let hasChanged = false

try {
  process.exitCode = await begin()
} catch (error) {
  // Ctrl-C or Ctrl-D at a question, before any change.
  if (error instanceof Error && error.name === 'AbortError') {
    console.error()
    process.exitCode = 130
  } else {
    console.error(error instanceof Error ? error.message : String(error))
    if (hasChanged) console.error('To see the changes so far: git diff. To undo them: git restore .')
    process.exitCode = 1
  }
}

/** @returns {Promise<number>} exit code */
async function begin() {
  const before = readRecord(root)
  const { check, ...answers } = await readAnswers(process.argv.slice(2), before, root)
  const isRenamed = before?.name !== answers.name || before.slug !== answers.slug
  const keepsDocuments = isRenamed ? isOrdinaryName(root, answers) : before.ordinaryName
  /** @type {import('./begin-record.mjs').BeginRecord} */
  const record = {
    version: before?.version ?? versionOf(root),
    ...answers,
    ...(keepsDocuments === true && { ordinaryName: keepsDocuments }),
  }
  if (JSON.stringify(record) === JSON.stringify(before)) {
    console.log(`Nothing to change: this tree is ${record.name}, from v${record.version}.`)
    return 0
  }
  if (before?.notes === 'remove' && record.notes === 'keep') {
    throw new Error('The notes were removed from this tree. git log finds the commit that has them.')
  }
  const removesNotes = record.notes === 'remove' && before?.notes !== 'remove'
  if (removesNotes) requireUndo()
  hasChanged = true
  nameProduct(root, record, before)
  if (removesNotes) removeNotes(root)
  writeRecord(root, record)
  // Later runs are in the owner's commits, which have no such tag.
  const isUnreleased = before === undefined && isUnreleasedCommit(`v${record.version}`)
  console.log(
    `This tree is now ${record.name}${isUnreleased ? '' : `, from v${record.version}`}. begin.json records it.`,
  )
  if (isUnreleased) {
    console.log(
      `Its commit is no release: there is no tag v${record.version}. npm run upgrade needs a tree that began from a release.`,
    )
  }
  if (isRenamed && before?.ordinaryName) {
    console.log(
      `Documents still say ${before.name}, because they use it as a word too. To find it: git grep -n "${before.name}" -- "*.md"`,
    )
  }
  if (check && !runCheck()) return 1
  console.log(
    [
      'Next:',
      '  git add --all && git commit -m "Begin"   commits the changes',
      '  npm start                                starts the server on http://localhost:8087',
      '  docs/own-it.md                           explains the first feature, first field, first role, deploy, upgrade',
    ].join('\n'),
  )
  return 0
}

/**
 * Checks whether the commit of this tree neither has the tag nor follows it. A tree without a commit may be
 * the archive of a release.
 *
 * @param {string} tag
 */
function isUnreleasedCommit(tag) {
  return (
    gitSucceeds(root, 'rev-parse', '--verify', '--quiet', 'HEAD') &&
    !gitSucceeds(root, 'merge-base', '--is-ancestor', `refs/tags/${tag}`, 'HEAD')
  )
}

/** @throws when `git restore .` could not undo the removal without the owner's own changes */
function requireUndo() {
  if (!gitSucceeds(root, 'rev-parse', '--is-inside-work-tree')) {
    throw new Error('To remove the notes, begin needs a git repository. Run: git init && git add --all')
  }
  // The removal also takes the owner's own files that are named like notes.
  const added = gitOutput(root, 'ls-files', '--others', '--exclude-standard').replaceAll('\n', ', ')
  if (added !== '' || !gitSucceeds(root, 'diff', '--quiet')) {
    throw new Error(
      `There are unstaged changes${added === '' ? '' : ` or new files: ${added}`}. Commit them first, so that git can undo the removal of the notes.`,
    )
  }
}

function runCheck() {
  for (const [command = '', ...args] of [
    [process.execPath, 'tools/pnpm.mjs', 'install', '--prefer-offline'],
    ['npm', 'run', 'check'],
  ]) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
    if (status !== 0) {
      console.error('The checks failed. Fix the reported problems, then run: npm run check')
      return false
    }
  }
  return true
}
