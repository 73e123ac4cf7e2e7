import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts CPU time in ticks of 10 ms. */
const microsPerTick = 10_000

/**
 * Returns the CPU time of processes of this machine in microseconds. One that has ended counts nothing. Linux
 * only.
 */
export function cpuMicrosOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * microsPerTick
}

/** Returns the CPU time of the living threads of a process, exact while they wait. Linux only. */
export function cpuMsOfThreads(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => sum + nanosOf(`/proc/${pid}/task/${thread}`), 0) / 1e6
}

/**
 * Runs a program to its end.
 * @returns its CPU time in ms, with that of its child processes. The `time` of bash counts in milliseconds,
 *   /proc in ticks of 10 ms.
 * @throws Error with the output of a program that fails
 */
export function cpuMsOfProgram(command: readonly string[]): number {
  const args = ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', ...command]
  const env = { ...process.env, LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stdout + stderr)
  const [userSeconds, systemSeconds] = stderr.trim().split(' ')
  return (Number(userSeconds) + Number(systemSeconds)) * 1_000
}

/** Returns the id of a process and those of its living children and their children. Linux only. */
export function withChildren(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  )
  return [pid, ...children.flatMap((child) => withChildren(Number(child)))]
}

/** Returns no thread of a process that has ended. */
function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function nanosOf(folder: string): number {
  try {
    return Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ', 1).join())
  } catch {
    return 0
  }
}

function ticksOf(pid: number): number {
  try {
    // The name of the program may contain spaces; the fields behind it do not. Fields 14 and 15 of proc(5).
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=\S )/)
    const [user, system] = fields.split(' ').slice(11, 13)
    return Number(user) + Number(system)
  } catch {
    return 0
  }
}
