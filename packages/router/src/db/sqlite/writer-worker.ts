// The thread of a WriterThread: one connection that writes, and commits that wait for the disk here instead
// of on the thread that serves requests.
import { parentPort, workerData } from 'node:worker_threads'
import type { ConnectionOptions } from './connection-handle.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { toProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterRequest } from './writer-messages.ts'

// Sound: writer-thread.ts starts this file, and with these options.
const handle = new SqliteHandle(workerData as ConnectionOptions)

parentPort?.on('message', (request: WriterRequest) => {
  if (request.ask === 'close') {
    handle.close()
    parentPort?.close()
  } else {
    parentPort?.postMessage(answer(request))
  }
})

function answer(request: Exclude<WriterRequest, { ask: 'close' }>): WriterAnswer {
  const outcome = attempt(request)
  return { ...outcome, isOpen: handle.isOpen, inTransaction: handle.inTransaction }
}

function attempt(
  request: Exclude<WriterRequest, { ask: 'close' }>,
): Pick<WriterAnswer, 'result' | 'problem'> {
  try {
    if (request.ask === 'execute') return { result: handle.execute(request.sql, request.parameters) }
    handle.open()
    return {}
  } catch (error) {
    return { problem: toProblem(error) }
  }
}
