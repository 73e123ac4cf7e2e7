import pg from 'pg'
import { vi } from 'vitest'
import { SqliteHandle } from '../../db/sqlite/sqlite-handle.ts'

export interface Statement {
  sql: string
  /** Of the first execution. */
  parameters: readonly unknown[]
  /** Whether PostgreSQL plans it once for a connection, without its parameters. */
  isPrepared: boolean
}

/** Records statements of this process that read or change rows. */
export interface StatementRecorder extends Disposable {
  /** Records the statements until `work` ends. */
  during<T>(work: () => Promise<T>): Promise<T>
  statements(): Statement[]
}

export function recordStatements(): StatementRecorder {
  const sqlite = vi.spyOn(SqliteHandle.prototype, 'execute')
  const postgres = vi.spyOn(pg.Client.prototype, 'query')
  const found = new Map<string, Statement>()
  return {
    during: async (work) => {
      sqlite.mockClear()
      postgres.mockClear()
      const result = await work()
      const all = [
        ...sqlite.mock.calls.map(([sql, parameters = []]) => ({ sql, parameters, isPrepared: false })),
        // Sound: each part is checked.
        ...(postgres.mock.calls as unknown[][]).flatMap(([query]) => statementOf(query)),
      ]
      for (const statement of all.filter(({ sql }) => /^(?:select|insert|update|delete|with)\b/.test(sql))) {
        if (!found.has(statement.sql)) found.set(statement.sql, statement)
      }
      return result
    },
    statements: () => [...found.values()],
    [Symbol.dispose]: () => {
      sqlite.mockRestore()
      postgres.mockRestore()
    },
  }
}

function statementOf(query: unknown): Statement[] {
  if (typeof query === 'string') return [{ sql: query, parameters: [], isPrepared: false }]
  if (typeof query !== 'object' || query === null || !('text' in query)) return []
  const { text, values, name } = query as { text: unknown; values?: unknown; name?: unknown }
  if (typeof text !== 'string') return []
  return [{ sql: text, parameters: Array.isArray(values) ? values : [], isPrepared: name !== undefined }]
}

/** Returns what a foreign key executes when a row that it refers to is deleted. */
export function cascadeTo(table: string, column: string, parameter: string): Statement {
  const sql = `delete from "${table}" where "${column}" = ${parameter}`
  return { sql, parameters: ['none'], isPrepared: false }
}
