// Builds the folder that an image contains: the sources of the server and the command, the built pages, and
// the production dependencies. deploy/Dockerfile runs the same steps.
//
//   npm run image:folder -- <folder>          runs all steps
//   npm run image:folder -- <folder> <step>   runs one: install, build, collect, dependencies
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseOptions } from '../parse-options.mjs'
import { runPnpm } from '../run-pnpm.mjs'
import { collectFiles } from './collect-files.mjs'
import { installDependencies } from './install-dependencies.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** @type {Record<string, (folder: string) => void>} in their order */
const steps = {
  install: () => runPnpm(root, 'install', '--frozen-lockfile', '--prefer-offline'),
  build: () => runPnpm(root, 'exec', 'node', 'tools/build.mjs'),
  collect: (folder) => collectFiles(root, folder),
  dependencies: (folder) => installDependencies(root, folder),
}

const usage = `Usage: npm run image:folder -- <folder> [${Object.keys(steps).join(' | ')}]`

const { folder, chosen } = readArguments()
const target = resolve(folder)
// Files of an earlier version would stay in it. Checked before the install and the build, which take minutes.
if (chosen.includes('collect') && existsSync(target)) {
  console.error(`${target} exists. Name a new folder.`)
  process.exit(1)
}
for (const name of chosen) steps[name]?.(target)

/** @returns the folder and the steps that were named; ends the process after a mistake */
function readArguments() {
  try {
    const { positionals } = parseOptions({ allowPositionals: true }, usage)
    const [folder, only, ...others] = positionals
    if (folder === undefined || others.length > 0) throw new Error(`Name a folder.\n${usage}`)
    if (only !== undefined && !Object.hasOwn(steps, only))
      throw new Error(`There is no step ${only}.\n${usage}`)
    return { folder, chosen: only === undefined ? Object.keys(steps) : [only] }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}
