import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Copies the tree as git sees it, with what is not committed yet. Nothing is installed in the copy.
 *
 * @param {string} root
 * @returns {{ root: string } & Disposable}
 */
export function copyTree(root) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'guide-')))
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  // A file that was deleted and not committed is still in the index.
  const files = listed.stdout
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))
  if (files.length === 0) throw new Error('There is nothing to copy: is this a git checkout?')
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  return { root: copy, [Symbol.dispose]: () => rmSync(copy, { recursive: true, force: true }) }
}
