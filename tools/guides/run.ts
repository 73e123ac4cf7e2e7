import { spawnSync } from 'node:child_process'

/**
 * Runs a command in a copy of the tree.
 *
 * @returns its standard output
 * @throws with its whole output if it fails
 */
export function run(cwd: string, command: string, args: string[], env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${stdout}\n${stderr}`)
  return stdout
}
