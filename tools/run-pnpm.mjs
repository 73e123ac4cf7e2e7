import { spawnSync } from 'node:child_process'

/**
 * Runs the pinned pnpm.
 *
 * @param {string} root
 * @param {string[]} args
 * @throws with its output if it fails
 */
export function runPnpm(root, ...args) {
  const command = ['tools/pnpm.mjs', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`pnpm ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
  return stdout
}
