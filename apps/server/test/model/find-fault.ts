import { spawn } from 'node:child_process'
import type { Fault } from './faults.ts'
import { faultyCopy } from './faulty-copy.ts'

interface Search {
  runs: number
  seed: number
  model?: 'sessions' | 'factors'
  quick?: boolean
}

/**
 * Searches for a fault with the model.
 * @throws Error when the faulty program does not run, which proves nothing
 */
export async function find(
  fault: Fault,
  { runs, seed, model = 'sessions', quick = false }: Search,
): Promise<{ found: boolean; output: string }> {
  using copy = faultyCopy(fault)
  const options = [
    '--model',
    model,
    '--runs',
    String(runs),
    '--seed',
    String(seed),
    ...(quick ? ['--quick'] : []),
  ]
  const child = spawn(process.execPath, [copy.model, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // No copy runs twice, so a compile cache is useless.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
  })
  let output = ''
  const keep = (text: string) => {
    output += text
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const code = await new Promise((resolve) => child.once('close', resolve))
  const found = code === 1 && output.includes('the model says')
  if (!found && code !== 0)
    throw new Error(`With the fault "${fault.name}" the model failed otherwise:\n${output}`)
  return { found, output }
}
