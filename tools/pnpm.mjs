// The only bootstrap: runs the pinned pnpm, from node_modules once it is there, by npx before that.
// Needs nothing but Node >= 18 with npm, has no dependency, and lets pnpm install what is missing.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const windows = process.platform === 'win32'
const installed = fileURLToPath(new URL(`node_modules/.bin/pnpm${windows ? '.cmd' : ''}`, root))
const [command, ...first] = existsSync(installed)
  ? [installed]
  : [windows ? 'npx.cmd' : 'npx', '--yes', packageManager]

const { status, signal, error } = spawnSync(command, [...first, ...process.argv.slice(2)], {
  cwd: fileURLToPath(root),
  env: { TURBO_TELEMETRY_DISABLED: '1', ...process.env },
  stdio: 'inherit',
  shell: windows,
})
if (error) throw error
if (signal) process.kill(process.pid, signal)
process.exitCode = status ?? 1
