import { openSync, readSync, writeSync } from 'node:fs'
import type { TestClock } from '../../../src/testing/test-clock.ts'

/** A clock that processes share: its time is in a file. */
export interface SharedClock extends TestClock {
  readonly file: string
}

/** @param startMs the time of a new clock; without it the clock of a file that exists is opened */
export function sharedClock(file: string, startMs?: number): SharedClock {
  const descriptor = openSync(file, startMs === undefined ? 'r+' : 'w+')
  const time = new Float64Array(1)
  const now = () => {
    readSync(descriptor, time, 0, 8, 0)
    return time[0] ?? 0
  }
  const set = (ms: number) => {
    time[0] = ms
    writeSync(descriptor, time, 0, 8, 0)
  }
  if (startMs !== undefined) set(startMs)
  return { file, now, advance: (ms) => set(now() + ms) }
}
