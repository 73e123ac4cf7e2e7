import BetterSqlite from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'

/** The response of the writer worker to a batch. */
export type WriterAnswer = { readonly result: QueryResult<unknown> } | { readonly problem: Problem }

// A copy of an error, which loses its class and its code between threads.
type Problem =
  | { readonly kind: 'sqlite'; readonly code: string; readonly message: string }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'other'; readonly error: unknown }

export function toProblem(error: unknown): Problem {
  if (error instanceof BetterSqlite.SqliteError) {
    return { kind: 'sqlite', code: error.code, message: error.message }
  }
  if (error instanceof DatabaseUnavailable) return { kind: 'unavailable', message: error.message }
  return { kind: 'other', error }
}

export function fromProblem(problem: Problem): unknown {
  switch (problem.kind) {
    case 'sqlite':
      return new BetterSqlite.SqliteError(problem.message, problem.code)
    case 'unavailable':
      return new DatabaseUnavailable(problem.message)
    case 'other':
      return problem.error
  }
}
