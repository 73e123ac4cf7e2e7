import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Sends a signal to a program that still runs, and waits for its end. */
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'close')
  child.kill(signal)
  await ended
}
