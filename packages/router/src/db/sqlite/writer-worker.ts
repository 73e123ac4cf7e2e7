// The worker of WriterWorkerClient: one connection that writes. Commits wait for the disk here instead of on
// the thread that serves requests.
import { workerData } from 'node:worker_threads'
import { answerRequests } from '../../ports/worker-messages.ts'
import type { ConnectionOptions } from './connection-handle.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { toProblem } from './writer-messages.ts'
import type { WriterAnswer, WriterQuestion } from './writer-messages.ts'

// Sound: writer-worker-client.ts starts this file with these options.
const handle = new SqliteHandle(workerData as ConnectionOptions)
answerRequests(answerOf, () => handle.close())

function answerOf(question: WriterQuestion): WriterAnswer {
  const outcome = attempt(question)
  return { ...outcome, isOpen: handle.isOpen, inTransaction: handle.inTransaction }
}

function attempt(question: WriterQuestion): Pick<WriterAnswer, 'result' | 'problem'> {
  try {
    if (question.kind === 'execute') return { result: handle.execute(question.sql, question.parameters) }
    handle.open()
    return {}
  } catch (error) {
    return { problem: toProblem(error) }
  }
}
