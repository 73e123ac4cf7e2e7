import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runPnpm } from '../run-pnpm.mjs'

/** What pnpm installs for the server, and no process of it loads. It is two thirds of the size. */
const unused = [
  // The image has its own Node, of the same version.
  'node_modules/node-linux-*',
  'node_modules/.pnpm/node-linux-*',
  'node_modules/.bin',
  // A peer of @trpc/server, for its types only.
  'node_modules/.pnpm/{typescript@*,@typescript+*}',
  'node_modules/.pnpm/node_modules/{node-linux-*,typescript,@typescript}',
  'node_modules/.pnpm/*/node_modules/typescript',
  // Sources, and builds for other systems.
  'node_modules/.pnpm/better-sqlite3@*/node_modules/better-sqlite3/{deps,src,prebuilds/{darwin,win32}-*}',
  'node_modules/.pnpm/bcrypt@*/node_modules/bcrypt/{src,prebuilds/{darwin,win32}-*}',
]

/**
 * Installs the production dependencies of the server and the command, as the lockfile pins them.
 *
 * @param {string} root
 * @param {string} folder with the manifests
 */
export function installDependencies(root, folder) {
  const store = runPnpm(root, 'store', 'path').trim()
  // The pages are built, so what they are made of is not needed.
  const packages = ['@app/server...', '@app/cli...', '!@app/web'].flatMap((filter) => ['--filter', filter])
  // Files that are linked to the store would share their permissions with it.
  const how = ['--prod', '--frozen-lockfile', '--prefer-offline', '--package-import-method', 'copy']
  runPnpm(root, '--dir', folder, ...packages, 'install', ...how, '--store-dir', store)
  for (const path of globSync(unused, { cwd: folder })) {
    // A parent may be removed already.
    rmSync(join(folder, path), { recursive: true, force: true })
  }
}
