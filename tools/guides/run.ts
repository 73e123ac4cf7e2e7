import { spawnSync } from 'node:child_process'

const noticeableMs = 1_000

// npx takes pnpm from npm's cache, and does not ask the registry whether it is the newest.
const npxFromCache = { npm_config_prefer_offline: 'true' }

/**
 * Runs a command in a copy of the tree, and prints how long it took if that was noticeable.
 *
 * @param command `node` is the one that runs the tests: npm puts its own, perhaps older one into PATH
 * @returns its standard output
 * @throws with its whole output if it fails
 */
export function run(cwd: string, command: string, args: string[], env: Record<string, string> = {}): string {
  const startedAt = performance.now()
  const program = command === 'node' ? process.execPath : command
  const { status, stdout, stderr } = spawnSync(program, args, {
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
