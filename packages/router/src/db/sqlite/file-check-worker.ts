// The worker of FileDamage: reads every page of a file once and answers with the first fault, if any.
import BetterSqlite from 'better-sqlite3'
import { answerRequests, workerOptions } from '../../ports/worker-messages.ts'

export interface FileCheckQuestion {
  readonly kind: 'check'
}

export type FileCheckAnswer =
  | { readonly status: 'whole' }
  | { readonly status: 'damaged'; readonly fault: string }

answerRequests((_question: FileCheckQuestion): FileCheckAnswer => {
  try {
    // Sound: file-damage.ts starts this file with a file name.
    const database = new BetterSqlite(workerOptions as string, { readonly: true, fileMustExist: true })
    try {
      const fault = String(database.pragma('quick_check(1)', { simple: true }))
      return fault === 'ok' ? { status: 'whole' } : { status: 'damaged', fault }
    } finally {
      database.close()
    }
  } catch (error) {
    return { status: 'damaged', fault: String(error) }
  }
})
