import BetterSqlite from 'better-sqlite3'
import { cascadeTo } from './record-statements.ts'
import type { Statement } from './record-statements.ts'
import { hasKey } from './table-reads.ts'
import type { TableRead } from './table-reads.ts'

interface PlanLine {
  id: number
  parent: number
  detail: string
}

/** Explains statements on the SQLite database of a file, whose plans do not depend on its rows. */
export function openSqlitePlans(file: string) {
  const database = new BetterSqlite(file)
  database.function('strpos', { deterministic: true }, (_text: string, _part: string) => 0)
  const names = database.prepare<[], { name: string }>("select name from sqlite_master where type = 'table'")
  const tables = new Set(names.all().map(({ name }) => name))
  return {
    reads: async ({ sql }: Statement): Promise<TableRead[]> => {
      const parameters = Array.from(sql.matchAll(/\?/g), () => null)
      // Sound: the columns of `explain query plan`.
      const lines = database.prepare(`explain query plan ${sql}`).all(...parameters) as PlanLine[]
      return readsOf(lines, sql, tables)
    },
    /** What the foreign keys execute when a row is deleted, which `explain` does not show. */
    cascades: async (): Promise<Statement[]> => {
      const keys = database.prepare<[], { table: string; column: string }>(
        `select name as "table", "from" as "column"
         from sqlite_master join pragma_foreign_key_list(name) where type = 'table'`,
      )
      return keys.all().map(({ table, column }) => cascadeTo(table, column, '?'))
    },
    change: async (statement: string): Promise<void> => void database.exec(statement),
    // It plans without a sample.
    hideRareEvents: async (): Promise<void> => undefined,
    hideOtherUsers: async (): Promise<void> => undefined,
    [Symbol.asyncDispose]: async () => void database.close(),
  }
}

function readsOf(lines: readonly PlanLine[], sql: string, tables: ReadonlySet<string>): TableRead[] {
  const aliases = new Map(
    Array.from(sql.matchAll(/"(\w+)" as "(\w+)"/g), ([, table = '', alias = '']) => [alias, table]),
  )
  // The plan does not show limits. So many reads may end at one; the first in the plan that need it do.
  let limits = [...sql.matchAll(/\b(?:limit|exists)\b/g)].length
  return lines.flatMap(({ parent, detail }) => {
    const [, kind, name = '', index, columns = ''] =
      /^(SCAN|SEARCH) (\S+)(?: USING (?:\w+ )*INDEX (\S+))?(?:.*? \((.*)\))?/.exec(detail) ?? []
    const table = tables.has(name) ? name : aliases.get(name)
    // A subquery may have the name of a table.
    const isSubquery = lines.some((line) =>
      [`CO-ROUTINE ${name}`, `MATERIALIZE ${name}`].includes(line.detail),
    )
    if (kind === undefined || isSubquery || table === undefined || !tables.has(table)) return []
    // An automatic index is made of the whole table, in each execution.
    const isMade = detail.includes('AUTOMATIC')
    const equal = isMade ? [] : Array.from(columns.matchAll(/(\w+)=\?/g), ([, column = '']) => column)
    const isSorted = lines.some((line) => line.parent === parent && line.detail.startsWith('USE TEMP B-TREE'))
    const isWide = boundsOf(columns).some((bound) => isRepeated(bound, name, sql))
    const isLimited = !hasKey(equal) && !isSorted && !isMade && !isWide && limits > 0
    if (isLimited) limits -= 1
    return [{ table, index, equal, isLimited, line: detail }]
  })
}

/** Returns at which sides an index has bounds, such as `"id" <`. */
function boundsOf(columns: string): string[] {
  return Array.from(columns.matchAll(/(\w+)([<>])\?/g), ([, column = '', side = '']) => `"${column}" ${side}`)
}

/**
 * Checks whether a statement has two bounds at one side. SQLite enters the index at the one that is written
 * first, which may be far from the other.
 */
function isRepeated(bound: string, table: string, sql: string): boolean {
  const [named, bare] = [`"${table}".${bound}`, new RegExp(`(?<!\\.)${bound}`)]
  return sql.split(named).length > 2 || sql.split(bare).length > 2
}
