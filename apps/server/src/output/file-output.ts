import { writeSync } from 'node:fs'

import { lossLine, reasonOf, type Output } from './output.ts'

/**
 * Writes lines to a file, or to a device like /dev/null. The system takes them without a wait, and says at once when the disk is
 * full; each line tries again, so the log continues when there is space.
 */
export function fileOutput(fd: number, onLoss: (reason: string) => void): Output {
  let lost = 0
  let isInLine = false

  const writeAll = (text: string): void => {
    const bytes = Buffer.from(text)
    for (let written = 0; written < bytes.length;) {
      written += writeSync(fd, bytes, written)
      isInLine = written < bytes.length
    }
  }

  return {
    write: (line) => {
      try {
        // A full disk may have taken the beginning of a line.
        if (lost > 0) writeAll(`${isInLine ? '\n' : ''}${lossLine(lost)}`)
        lost = 0
        writeAll(line)
      } catch (error) {
        if (lost === 0) onLoss(reasonOf(error))
        lost += 1
      }
    },
    flush: () => Promise.resolve(),
  }
}
