// Bundles the server into apps/server/dist, which `npm start` runs. A few files start in a third of the CPU
// time of 1,200 modules, and in two thirds of the memory: docs/decisions/0078-the-server-is-bundled.md.
import { statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleServer } from './bundle-server.ts'
import { removeReplaced } from './remove-replaced.ts'

const folder = fileURLToPath(new URL('../dist', import.meta.url))
const builtAt = statSync(path.join(folder, 'main.js'), { throwIfNoEntry: false })?.mtimeMs ?? null
const current = new Set(await bundleServer(folder))
removeReplaced(folder, current, { builtAt, now: Date.now() })
