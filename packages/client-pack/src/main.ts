// `npm run client:pack` writes the typed client as one tarball, which `npm install` installs in any other
// project.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { appRouter, repositoryRoot } from '@app/router'
import { packClient } from './pack-client.ts'

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const file = await packClient(appRouter, resolve(values.out ?? join(repositoryRoot, 'dist')))
console.log(`Wrote ${file}\nIn your program: npm install ${file}`)
