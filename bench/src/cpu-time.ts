import { readFileSync } from 'node:fs'

/** The kernel counts CPU time in ticks of 10 ms. */
const microsPerTick = 10_000

/**
 * Returns the CPU time of processes of this machine in microseconds. One that has ended counts nothing. Linux
 * only.
 */
export function cpuMicrosOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * microsPerTick
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
