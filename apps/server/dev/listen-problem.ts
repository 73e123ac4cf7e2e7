import { once } from 'node:events'
import { createServer } from 'node:net'
import { reasonOf } from '@app/router'
import { portProblem } from '../src/process/port-problem.ts'
import { startupError } from '../src/process/startup-error.ts'
import type { DevAddresses } from './addresses.ts'

/**
 * Returns why Vite or the server could not listen and how to fix it, in one line; null if both can. Vite
 * itself would print a stack, and would not end when the server does.
 */
export async function listenProblem({ PORT, HOST, WEB_PORT }: DevAddresses): Promise<string | null> {
  // The host on which Vite listens by default.
  const ofVite = await listenError(WEB_PORT, 'localhost')
  if (ofVite !== null) return portProblem(ofVite, Number(WEB_PORT), 'WEB_PORT') ?? reasonOf(ofVite)
  const ofServer = await listenError(PORT, HOST)
  return ofServer === null
    ? null
    : startupError(ofServer, { port: Number(PORT), host: HOST, metricsPort: null })
}

async function listenError(port: string, host: string): Promise<unknown> {
  const probe = createServer().listen(Number(port), host)
  try {
    await once(probe, 'listening')
  } catch (error) {
    return error
  }
  probe.close()
  await once(probe, 'close')
  return null
}
