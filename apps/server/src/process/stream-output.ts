import type { Writable } from 'node:stream'
import { reasonOf } from '@app/router'
import { lossLine } from './output.ts'
import type { Output } from './output.ts'

interface StreamOutputOptions {
  /** How many bytes may wait for a slow reader; more lines are lost. */
  maxWaitingBytes: number
  /** Called with the first failure of each series. */
  onLoss: (reason: string) => void
}

/**
 * Writes lines to a pipe, a socket or a terminal. After EPIPE or EIO (the other end is gone) all lines are
 * lost.
 */
export function streamOutput(stream: Writable, { maxWaitingBytes, onLoss }: StreamOutputOptions): Output {
  let lost = 0
  let isGone = false
  stream.on('error', (error) => {
    if (!isGone) onLoss(reasonOf(error))
    isGone = true
  })
  return {
    write: (line) => {
      if (isGone || stream.writableLength > maxWaitingBytes) {
        if (lost === 0 && !isGone) onLoss('the reader does not read')
        lost += 1
        return
      }
      if (lost > 0) stream.write(lossLine(lost))
      lost = 0
      stream.write(line)
    },
    flush: async (deadlineMs) => {
      if (isGone || stream.writableLength === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, deadlineMs)
      // The callback is also called with an error.
      stream.write('', () => resolve())
      await promise
      clearTimeout(timer)
    },
  }
}
