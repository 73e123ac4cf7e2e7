import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import type { TestClock } from '../../../src/testing/test-clock.ts'

/** A clock that processes share: its time is in a file. After the end of the block it is stopped. */
export interface SharedClock extends TestClock, Disposable {
  readonly file: string
}

/** @param startMs the time of a new clock; without it the clock of a file that exists is opened */
export function sharedClock(file: string, startMs?: number): SharedClock {
  const descriptor = openSync(file, startMs === undefined ? 'r+' : 'w+')
  const time = new Float64Array(1)
  let isOpen = true
  const now = () => {
    // A server that has been closed may still read it.
    if (isOpen) readSync(descriptor, time, 0, 8, 0)
    return time[0] ?? 0
  }
  const set = (ms: number) => {
    time[0] = ms
    if (isOpen) writeSync(descriptor, time, 0, 8, 0)
  }
  if (startMs !== undefined) set(startMs)
  const close = () => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }
  return { file, now, advance: (ms) => set(now() + ms), [Symbol.dispose]: close }
}
