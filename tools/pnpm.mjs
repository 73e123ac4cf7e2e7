// Runs the pinned pnpm: from node_modules if it is installed, otherwise by npx. The only bootstrap: it has no
// dependencies and needs Node >= 18 with npm.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const windows = process.platform === 'win32'
/** @param {string} file */
const inModules = (file) => fileURLToPath(new URL(`node_modules/${file}`, root))
// The script, because the command in `.bin` prints a hint on a terminal about a binary that is not installed.
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
