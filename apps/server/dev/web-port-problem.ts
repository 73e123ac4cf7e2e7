import { once } from 'node:events'
import { createServer } from 'node:net'
import { portProblem } from '../src/process/port-problem.ts'

/**
 * Returns why Vite could not open its port and how to fix it, in one line. Vite itself would print a stack.
 * @throws errors that another port does not fix
 */
export async function webPortProblem(port: number): Promise<string | undefined> {
  // The host on which Vite listens by default.
  const probe = createServer().listen(port, 'localhost')
  try {
    await once(probe, 'listening')
  } catch (error) {
    const problem = portProblem(error, port, 'WEB_PORT')
    if (problem === undefined) throw error
    return problem
  }
  probe.close()
  await once(probe, 'close')
  return undefined
}
