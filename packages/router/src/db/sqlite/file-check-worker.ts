// The thread of a FileDamage: reads every page of the file once and says `ok`, or the first thing that is wrong.
import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import type { FileCheckAnswer } from './file-damage.ts'

// Sound: file-damage.ts starts this file, with the name of its own.
const database = new BetterSqlite(workerData as string, { readonly: true, fileMustExist: true })
try {
  answer(database.pragma('quick_check(1)', { simple: true }))
} catch (error) {
  answer(error)
} finally {
  database.close()
}

function answer(verdict: unknown): void {
  const message: FileCheckAnswer = { id: 0, verdict: String(verdict) }
  parentPort?.postMessage(message)
}
