import { writeSync } from 'node:fs'
import { reasonOf } from '@app/router'
import { lossLine } from './output.ts'
import type { Output } from './output.ts'

/**
 * Writes lines to a file, or to a device like /dev/null. Such a write does not wait, and fails immediately
 * when the disk is full. The rest of a partly written line is kept, and each further line tries to finish it
 * first. So the log continues with whole lines when there is space.
 */
export function fileOutput(fd: number, onLoss: (reason: string) => void): Output {
  let unwritten = Buffer.alloc(0)
  let lost = 0
  let isFailing = false

  const finish = (): void => {
    while (unwritten.length > 0) unwritten = unwritten.subarray(writeSync(fd, unwritten))
  }
  const writeNext = (line: string): void => {
    let written = 0
    try {
      written = writeSync(fd, line)
    } finally {
      if (written < Buffer.byteLength(line)) unwritten = Buffer.from(line).subarray(written)
    }
    finish()
  }
  const writeLoss = (): void => {
    const count = lost
    lost = 0
    if (count > 0) writeNext(lossLine(count))
  }

  return {
    write: (line) => {
      let isStarted = false
      try {
        finish()
        writeLoss()
        isStarted = true
        writeNext(line)
        isFailing = false
      } catch (error) {
        if (!isFailing) onLoss(reasonOf(error))
        if (!isStarted) lost += 1
        isFailing = true
      }
    },
    flush: () => Promise.resolve(),
  }
}
