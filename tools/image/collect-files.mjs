import { cpSync, globSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the image contains, besides installed packages. Nothing else is copied: no `.env`, data or tests. */
const contents = [
  'LICENSE',
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'apps/web/package.json',
  'apps/{server,web}/dist/**',
  '{apps/{server,cli},packages/{client,contract,mails,router}}/package.json',
  '{apps/{server,cli},packages/{client,contract,mails,router}}/{src,bin}/**',
]
const leftOut = /\.test\.tsx?$|\/testing(?:\/|$)/

/**
 * Copies the files of the image into a folder that does not exist.
 *
 * @param {string} root
 * @param {string} folder
 */
export function collectFiles(root, folder) {
  const entries = globSync(contents, { cwd: root, withFileTypes: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || leftOut.test(path)) continue
    const target = join(folder, path.slice(root.length))
    mkdirSync(dirname(target), { recursive: true })
    cpSync(path, target)
  }
}
