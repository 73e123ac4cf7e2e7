import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'

/** Returns the cores that other programs have used since the start; null except on Linux. */
export type OtherCores = () => number | null

/** Measures the cores that other programs use, because a measurement beside them means little. */
export function measureOtherPrograms(pids: readonly (number | undefined)[]): OtherCores {
  if (process.platform !== 'linux') return () => null
  const before = { at: performance.now(), idleMs: idleMs(), ownMs: ownMs(pids) }
  return () => {
    const passedMs = performance.now() - before.at
    const busyMs = passedMs * availableParallelism() - (idleMs() - before.idleMs)
    return Math.max(0, (busyMs - (ownMs(pids) - before.ownMs)) / passedMs)
  }
}

function idleMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0)
}

function ownMs(pids: readonly (number | undefined)[]): number {
  return pids.reduce<number>((sum, pid) => sum + (pid === undefined ? 0 : cpuMs(pid)), 0)
}

/**
 * Returns the CPU time of a process with its threads and without its children. Linux counts hundredths of a
 * second (proc_pid_stat(5), fields 14 and 15).
 */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
