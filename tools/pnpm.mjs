// The only bootstrap: runs the pinned pnpm, from node_modules once it is there, by npx before that.
// Needs nothing but Node >= 18 with npm, has no dependency, and lets pnpm install what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const windows = process.platform === 'win32'
/** @param {string} file */
const inModules = (file) => fileURLToPath(new URL(`node_modules/${file}`, root))
// Its script and not the command in `.bin`, which tells people on a terminal about a binary that we do
// without.
const script = inModules('pnpm/bin/pnpm.mjs')
const pinnedNode = inModules('.bin/node')
const node = existsSync(pinnedNode) && !windows ? pinnedNode : process.execPath
const [command, ...first] = existsSync(script)
  ? [node, script]
  : [windows ? 'npx.cmd' : 'npx', '--yes', packageManager]

const { status, signal, error } = spawnSync(command, [...first, ...process.argv.slice(2)], {
  cwd: fileURLToPath(root),
  env: { TURBO_TELEMETRY_DISABLED: '1', ...process.env },
  stdio: 'inherit',
  shell: windows && command !== node,
})
if (error) throw error
if (signal) process.kill(process.pid, signal)
process.exitCode = status ?? 1
