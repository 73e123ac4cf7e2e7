// Builds the folder that an image contains: the sources of the server and the command, the built pages, and
// the production dependencies. deploy/Dockerfile runs the same steps.
//
//   npm run image:folder -- <folder>          runs all steps
//   npm run image:folder -- <folder> <step>   runs one: install, build, collect, dependencies
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collectFiles } from './collect-files.mjs'
import { installDependencies } from './install-dependencies.mjs'
import { runPnpm } from './run-pnpm.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** @type {Record<string, (folder: string) => void>} in their order */
const steps = {
  install: () => runPnpm(root, 'install', '--frozen-lockfile', '--prefer-offline'),
  build: () => runPnpm(root, 'exec', 'node', 'tools/build.mjs'),
  collect: (folder) => collectFiles(root, folder),
  dependencies: (folder) => installDependencies(root, folder),
}

const [folder, only] = process.argv.slice(2)
const chosen = only === undefined ? Object.keys(steps) : [only]
if (folder === undefined || chosen.some((name) => !(name in steps))) {
  console.error(`Usage: build-image-folder.mjs <folder> [${Object.keys(steps).join(' | ')}]`)
  process.exit(2)
}
const target = resolve(folder)
// Files of an earlier version would stay in it. Checked before the install and the build, which take minutes.
if (chosen.includes('collect') && existsSync(target)) {
  console.error(`${target} exists. Name a new folder.`)
  process.exit(1)
}
for (const name of chosen) steps[name]?.(target)
