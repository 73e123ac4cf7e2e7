// Bundles the server into apps/server/dist, which `npm start` runs. A few files start in a third of the CPU
// time of 1,200 modules, and in two thirds of the memory: docs/decisions/0078-the-server-is-bundled.md.
import { readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleServer } from './bundle-server.ts'

/** A server that runs may still load files of an earlier build. */
const keptMs = 24 * 3_600_000

const folder = fileURLToPath(new URL('../dist', import.meta.url))
const current = new Set(await bundleServer(folder))
for (const name of readdirSync(folder)) {
  const file = path.join(folder, name)
  if (!current.has(name) && Date.now() - statSync(file).mtimeMs > keptMs) rmSync(file, { recursive: true })
}
