import { existsSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { treeFiles } from '../git.mjs'
import { runPnpm } from '../run-pnpm.mjs'
import { dropNotesFromAsvs, dropNotesFromDocument } from './drop-notes-from-documents.mjs'

/**
 * Folders named notes, files with note or notes in their names, and benchmarks that fill accounts with notes.
 */
const demoPaths =
  /(^|\/)notes\/|(^|[/-])notes?([-.][^/]*)?$|^bench\/(src|test)\/(durable-commits|lighthouse|neighbours)[^/]*$/
const keptPaths = /^tools\//

/** @param {string} path */
export const isOfNotes = (path) => demoPaths.test(path) && !keptPaths.test(path)

/** Files with a joining list. Each loses its lines about notes. */
const joiningLists = [
  '.env.example',
  'apps/cli/src/commands/index.ts',
  'apps/cli/src/seed/seed-database.ts',
  'apps/server/src/openapi/tags.ts',
  'apps/server/src/rest/routes.ts',
  'apps/server/test/account/close-account.test.ts',
  'apps/server/test/cluster/proxied/files-left-out.ts',
  'apps/server/test/cluster/proxied/left-out.ts',
  'apps/server/test/database/drive-every-query.ts',
  'apps/server/test/http/web.test.ts',
  'apps/server/test/openapi/surface.txt',
  'apps/server/test/provocations/provocations.ts',
  'apps/server/test/security/access-matrix.txt',
  'apps/server/test/security/documented-security.test.ts',
  'apps/server/test/support/expect-consistent.ts',
  'apps/server/test/support/valid-inputs.ts',
  'apps/server/vitest.config.ts',
  'apps/web/e2e/routes.test.ts',
  'apps/web/e2e/setup/actors.ts',
  'apps/web/e2e/states/states.ts',
  'apps/web/src/app.tsx',
  'apps/web/src/pages/home.tsx',
  'apps/web/src/shell/page-links.ts',
  'apps/web/src/tokens/scope-words.ts',
  'bench/src/growth-calls.ts',
  'bench/src/main.ts',
  'bench/src/row-bytes.ts',
  'bench/test/many-servers.test.ts',
  'packages/contract/src/account.ts',
  'packages/contract/src/failure-details.ts',
  'packages/contract/src/failures.ts',
  'packages/contract/src/index.ts',
  'packages/contract/src/input-limits.test.ts',
  'packages/contract/src/routes.ts',
  'packages/contract/src/token-scopes.ts',
  'packages/contract/src/schema-docs/index.ts',
  'packages/router/src/db/migrations/index.ts',
  'packages/router/src/db/tables.ts',
  'packages/router/src/features/account/export.ts',
  'packages/router/src/router.ts',
  'packages/router/src/settings/settings.ts',
  'packages/router/src/testing/many-users/fill-tables.ts',
]

/** Edits outside the joining lists: [file, text, replacement]. Each text occurs once. */
const otherEdits = [
  ['apps/web/e2e/setup/start-title.ts', "'Your notes'", "'Your account'"],
  // Only the tests of the editor use this package.
  ['apps/web/package.json', '    "fast-check": "catalog:",\n', ''],
]

/**
 * Removes files, lines and paragraphs about notes. Run `npm run check` afterwards.
 *
 * @param {string} root the tree to change
 * @throws if a list or text is missing, so that later changes of the tree are noticed
 */
export function removeNotes(root) {
  const files = treeFiles(root)
  const removed = files.filter(isOfNotes)
  for (const file of removed) {
    rmSync(join(root, file), { force: true })
    removeEmptyFolders(root, dirname(file))
  }
  for (const file of joiningLists) change(root, file, withoutNotes)
  for (const [file = '', text = '', replacement = ''] of otherEdits)
    change(root, file, (source) => replaceOnce(source, text, replacement))
  const isRemoved = (/** @type {string} */ name) => removed.includes(name) || name.endsWith('/notes')
  for (const file of files) {
    if (!existsSync(join(root, file))) continue
    if (file.endsWith('.md')) change(root, file, (text) => dropNotesFromDocument(text, file, isRemoved))
  }
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')
  const asvs = dropNotesFromAsvs(read('docs/asvs-faults.json'), read('docs/asvs-map.json'), isRemoved)
  writeFileSync(join(root, 'docs/asvs-faults.json'), asvs.faults)
  writeFileSync(join(root, 'docs/asvs-map.json'), asvs.map)
  // This updates the lockfile and formats lists that became shorter.
  runPnpm(root, 'install', '--no-frozen-lockfile', '--prefer-offline')
  runPnpm(root, 'exec', 'oxfmt')
}

/**
 * Removes a folder and its parents for as long as they are empty.
 *
 * @param {string} root
 * @param {string} folder
 */
function removeEmptyFolders(root, folder) {
  if (folder === '.' || readdirSync(join(root, folder)).length > 0) return
  rmdirSync(join(root, folder))
  removeEmptyFolders(root, dirname(folder))
}

/**
 * Removes the lines that mention notes, and those that use the imports of a removed line.
 *
 * @param {string} text
 */
function withoutNotes(text) {
  const lines = text.split('\n')
  const isDropped = (/** @type {string} */ line) =>
    /(?<![a-z])notes?(?![a-z])|Notes?(?![a-z])|NOTES?(?![A-Z])/.test(line)
  const imported = lines
    .filter((line) => isDropped(line) && line.startsWith('import '))
    .flatMap((line) => (/\{(.*)\}/.exec(line)?.[1] ?? '').split(',').map((name) => name.trim()))
  return lines
    .filter((line) => !isDropped(line) && !imported.some((name) => new RegExp(`\\b${name}\\b`).test(line)))
    .join('\n')
}

/**
 * @param {string} source
 * @param {string} text
 * @param {string} replacement
 */
function replaceOnce(source, text, replacement) {
  const parts = source.split(text)
  if (parts.length !== 2) throw new Error(`Expected once, but found ${parts.length - 1} times: ${text}`)
  return parts.join(replacement)
}

/**
 * @param {string} root
 * @param {string} file
 * @param {(text: string) => string} work
 */
function change(root, file, work) {
  const before = readFileSync(join(root, file), 'utf8')
  const after = work(before)
  if (after !== before) writeFileSync(join(root, file), after)
  else if (joiningLists.includes(file))
    throw new Error(`${file} does not mention notes. Remove it from joiningLists.`)
}
