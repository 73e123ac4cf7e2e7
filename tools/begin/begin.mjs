// `npm run begin`: makes this tree the owner's product. It asks on a terminal; without one it takes flags:
// --name "Acme Notes" [--slug acme-notes] [--notes keep|remove] [--signup open|closed]
// [--upstream <repository>] [--no-check]. The same answers again change nothing.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readAnswers } from './answers.mjs'
import { readRecord, versionOf, writeRecord } from './begin-record.mjs'
import { nameProduct } from './name-product.mjs'
import { removeNotes } from './remove-notes.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

try {
  process.exitCode = await begin()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  console.error('What was changed so far: git diff. To undo it: git restore .')
  process.exitCode = 1
}

/** @returns {Promise<number>} exit code */
async function begin() {
  const before = readRecord(root)
  const { check, ...answers } = await readAnswers(process.argv.slice(2), before, root)
  const record = { version: before?.version ?? versionOf(root), ...answers }
  if (JSON.stringify(record) === JSON.stringify(before)) {
    console.log(`Nothing to change: this tree is ${record.name}, from v${record.version}.`)
    return 0
  }
  if (before?.notes === 'remove' && record.notes === 'keep') {
    throw new Error('The notes were removed from this tree. git log finds the commit that has them.')
  }
  nameProduct(root, record)
  if (record.notes === 'remove' && before?.notes !== 'remove') removeNotes(root)
  writeRecord(root, record)
  console.log(`This tree is now ${record.name}, from v${record.version}. begin.json records it.`)
  if (check && !runCheck()) return 1
  console.log(
    [
      'Next:',
      '  git add --all && git commit -m "Begin"   keeps what was changed',
      '  npm start                                serves it on http://localhost:8087',
      '  docs/own-it.md                           first feature, first field, first role, deploy, upgrade',
    ].join('\n'),
  )
  return 0
}

function runCheck() {
  for (const [command = '', ...args] of [
    [process.execPath, 'tools/pnpm.mjs', 'install', '--prefer-offline'],
    ['npm', 'run', 'check'],
  ]) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
    if (status !== 0) {
      console.error('The checks failed. Fix what they name, and run: npm run check')
      return false
    }
  }
  return true
}
