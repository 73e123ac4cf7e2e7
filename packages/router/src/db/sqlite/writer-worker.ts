// The thread of a WriterThread: one connection that writes, and commits that wait for the disk here instead
// of on the thread that serves requests.
import { parentPort, workerData } from 'node:worker_threads'
import { isWorkerMessage } from '../../ports/worker-message.ts'
import type { ConnectionOptions } from './connection-handle.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { toProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterQuestion, WriterRequest } from './writer-messages.ts'

// Sound: writer-thread.ts starts this file, and with these options.
const handle = new SqliteHandle(workerData as ConnectionOptions)

parentPort?.on('message', (request: unknown) => {
  if (!isWorkerMessage<WriterRequest>(request)) return
  if (request.ask === 'close') {
    handle.close()
    parentPort?.close()
  } else {
    parentPort?.postMessage(answer(request.id, request))
  }
})

function answer(id: number, request: WriterQuestion): WriterAnswer {
  const outcome = attempt(request)
  return { id, ...outcome, isOpen: handle.isOpen, inTransaction: handle.inTransaction }
}

function attempt(request: WriterQuestion): Pick<WriterAnswer, 'result' | 'problem'> {
  try {
    if (request.ask === 'execute') return { result: handle.execute(request.sql, request.parameters) }
    handle.open()
    return {}
  } catch (error) {
    return { problem: toProblem(error) }
  }
}
