// `npm run client:pack` writes the typed client as one tarball, which `npm install` installs in any other
// project.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appRouter, repositoryRoot } from '@app/router'
import { packClient } from './pack-client.ts'

const values = readOptions()
const file = await packClient(appRouter, resolve(values.out ?? join(repositoryRoot, 'dist')))
console.log(`Wrote ${file}\nIn your program: npm install ${file}`)

/** @returns the options; ends the process after `--help` or a mistake */
function readOptions(): { out?: string } {
  const usage = 'Usage: npm run client:pack [-- --out <folder>]'
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs({ options: { out: { type: 'string' } } }).values
  } catch (error) {
    // Node adds advice about positionals after the first sentence.
    const [problem] = String(error instanceof Error ? error.message : error).split('. ')
    console.error(`${problem}.\n${usage}`)
    process.exit(2)
  }
}
