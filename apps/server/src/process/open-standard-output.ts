import { fstatSync } from 'node:fs'
import { isatty } from 'node:tty'
import { fileOutput } from './file-output.ts'
import type { Output } from './output.ts'
import { streamOutput } from './stream-output.ts'

/** How many bytes may wait for a slow reader before lines are lost: some thousands of lines. */
const maxWaitingBytes = 1024 * 1024

/**
 * Opens the standard output of this process. The first failure of each series is reported on standard error.
 */
export function openStandardOutput({ stdout, stderr }: NodeJS.Process): Output {
  const onLoss = (reason: string) =>
    void stderr.write(`Log lines are lost: standard output failed (${reason}).\n`)
  // Standard error may have failed too.
  stderr.on('error', () => undefined)
  writeWithoutWaiting(stderr)
  const stats = fstatSync(stdout.fd)
  if (!isatty(stdout.fd) && !stats.isFIFO() && !stats.isSocket()) return fileOutput(stdout.fd, onLoss)
  writeWithoutWaiting(stdout)
  return streamOutput(stdout, { maxWaitingBytes, onLoss })
}

/**
 * Makes writes to a terminal return immediately. By default they block, so a stopped terminal (Ctrl-S) would
 * stop the event loop. Node has no public API for it. Pipes and sockets never block on POSIX systems.
 */
function writeWithoutWaiting(stream: object): void {
  const handle: unknown = Reflect.get(stream, '_handle')
  if (typeof handle !== 'object' || handle === null || !('setBlocking' in handle)) return
  if (typeof handle.setBlocking === 'function') Reflect.apply(handle.setBlocking, handle, [false])
}
