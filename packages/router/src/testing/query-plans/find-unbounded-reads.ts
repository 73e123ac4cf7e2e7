import { openPostgresPlans } from './postgres-plans.ts'
import type { Statement } from './record-statements.ts'
import { openSqlitePlans } from './sqlite-plans.ts'
import { isBounded } from './table-reads.ts'

/** Explains statements on the database of a URL. */
export interface QueryPlans extends AsyncDisposable {
  /** Describes each read whose cost grows with its table, with its statement. */
  unboundedReads(statements: readonly Statement[]): Promise<string[]>
  /** Returns what foreign keys execute when a row is deleted. */
  cascades(): Promise<Statement[]>
  /** Changes the schema of the database. */
  change(statement: string): Promise<void>
  /** Makes the planner expect log-ins only in the audit log. */
  hideRareEvents(): Promise<void>
  /** Makes the planner expect one user only in the audit log. */
  hideOtherUsers(): Promise<void>
}

export async function openQueryPlans(url: string): Promise<QueryPlans> {
  const plans = url.startsWith('file:')
    ? openSqlitePlans(url.slice('file:'.length))
    : await openPostgresPlans(url)
  return {
    ...plans,
    unboundedReads: async (statements) => {
      const found: string[] = []
      for (const statement of statements) {
        const unbounded = (await plans.reads(statement)).filter((read) => !isBounded(read, statement.sql))
        found.push(...unbounded.map(({ line }) => `${line}\n  in ${statement.sql}`))
      }
      return found
    },
  }
}
