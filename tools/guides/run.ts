import { spawnSync } from 'node:child_process'

const noticeableMs = 1_000

// npx takes pnpm from npm's cache, and does not ask the registry whether it is the newest.
const npxFromCache = { npm_config_prefer_offline: 'true' }

/**
 * Runs a command in a copy of the tree, and prints how long it took if that was noticeable.
 *
 * @returns its standard output
 * @throws with its whole output if it fails
 */
export function run(cwd: string, command: string, args: string[], env: Record<string, string> = {}): string {
  const startedAt = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...npxFromCache, ...env },
    encoding: 'utf8',
    // The default of 1 MB would end a command that prints more, such as a suite with many failures.
    maxBuffer: 64 * 2 ** 20,
  })
  const line = [command, ...args].join(' ')
  const ms = performance.now() - startedAt
  if (ms >= noticeableMs) console.log(`${(ms / 1_000).toFixed(1)} s: ${line}`)
  if (status !== 0) throw new Error(`${line} failed:\n${stdout}\n${stderr}`)
  return stdout
}
