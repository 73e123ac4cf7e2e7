// The worker of FileDamage: reads every page of a file once and answers `ok`, or the first fault.
import { workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import { answerRequests } from '../../ports/worker-messages.ts'

export type FileCheckQuestion = 'check'

answerRequests((_question: FileCheckQuestion): string => {
  try {
    // Sound: file-damage.ts starts this file with a file name.
    const database = new BetterSqlite(workerData as string, { readonly: true, fileMustExist: true })
    try {
      return String(database.pragma('quick_check(1)', { simple: true }))
    } finally {
      database.close()
    }
  } catch (error) {
    return String(error)
  }
})
