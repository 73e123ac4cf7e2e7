import type { Writable } from 'node:stream'

import { lossLine, reasonOf, type Output } from './output.ts'

interface StreamOutputOptions {
  /** What may wait for a slow reader; more is lost. */
  maxWaitingBytes: number
  /** Called with the first failure of each series. */
  onLoss: (reason: string) => void
}

/** Writes lines to a pipe, a socket or a terminal. One whose other end is gone (EPIPE, EIO) takes no more lines. */
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
      // Called with an error too, when the other end goes.
      stream.write('', () => resolve())
      await promise
      clearTimeout(timer)
    },
  }
}
