import { spawn } from 'node:child_process'
import { expect } from 'vitest'

/** A command in a separate process group, as a shell runs it: Ctrl-C reaches all processes of the group. */
export interface ProcessGroup extends AsyncDisposable {
  /** Waits for output after the last that a call has waited for. */
  prints(pattern: RegExp): Promise<void>
  /** Presses Ctrl-C. Resolves when the processes have ended. */
  interrupt(): Promise<void>
}

// Ctrl-C at a run of tests does not reach the group, and ends the process of the test without an `exit`
// event. So a process in the group waits until that process closes a pipe, and then interrupts the group.
const interruptLater = 'exec 3<&0; (read -r _ <&3; kill -INT 0) >/dev/null 2>&1 &'

/** Starts a command. At the end of this process, also by a signal, the group is interrupted. */
export function startGroup(
  command: readonly string[],
  options: { cwd?: string; env: Record<string, string | undefined> },
): ProcessGroup {
  const script = `${interruptLater} exec "$@" </dev/null 3<&-`
  const child = spawn('sh', ['-c', script, 'sh', ...command], { ...options, detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const interrupt = async () => {
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    if (!hasEnded) process.kill(-(child.pid ?? 0), 'SIGINT')
    await closed
    child.stdin.destroy()
  }
  let seen = 0
  return {
    prints: async (pattern) => {
      await expect.poll(() => output.slice(seen)).toMatch(pattern)
      seen = output.length
    },
    interrupt,
    [Symbol.asyncDispose]: interrupt,
  }
}
