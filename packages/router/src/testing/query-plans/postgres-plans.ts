import pg from 'pg'
import { cascadeTo } from './record-statements.ts'
import type { Statement } from './record-statements.ts'
import type { TableRead } from './table-reads.ts'

interface PlanNode {
  'Node Type': string
  'Parent Relationship'?: string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Filter?: string
  Plans?: PlanNode[]
}

/** Nodes that hand on a row before they ask for the next one. */
const streaming: ReadonlySet<string> = new Set([
  'Append',
  'LockRows',
  'Nested Loop',
  'ProjectSet',
  'Result',
  'Subquery Scan',
])

/** How many times more rows than it has a table gets, for the planner. */
const largerBy = 500

/** Stops autovacuum for all tables: what it finds while a test runs changes the plans. */
export async function stopAutovacuum(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table %I set (autovacuum_enabled = false)', name);
    end loop;
  end $$`)
  await client.end()
}

/** Explains statements on a PostgreSQL database that `fillTables` has filled. */
export async function openPostgresPlans(url: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  // Rolled back at the end. The planner chooses as for tables of that size, because it takes the size of the
  // file times the rows of a page. It would read a table without rows, as of a new feature, whole.
  await client.query(`begin; analyze; set local enable_seqscan = off;
    set local plan_cache_mode = force_generic_plan;
    update pg_class set reltuples = reltuples * ${largerBy}
    where relnamespace = 'public'::regnamespace and relkind = 'r'`)
  const explain = async ({ sql, parameters, isPrepared }: Statement): Promise<PlanNode> => {
    const text = isPrepared ? await prepare(client, sql, parameters.length) : sql
    const values = isPrepared ? [] : [...parameters]
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>({
      text: `explain (format json) ${text}`,
      values,
    })
    const [found] = rows
    if (found === undefined) throw new Error(`No plan of ${sql}`)
    return found['QUERY PLAN'][0].Plan
  }
  const changeEvents = async (change: string): Promise<void> =>
    void (await client.query(`${change}; analyze audit_events;
      update pg_class set reltuples = reltuples * ${largerBy} where relname = 'audit_events'`))
  return {
    reads: async (statement: Statement): Promise<TableRead[]> => {
      const stopsEarly = statement.sql.includes('exists')
      return readsOf(await explain(statement), { isLimited: false, stopsEarly })
    },
    cascades: async (): Promise<Statement[]> => {
      const { rows } = await client.query<{ table: string; column: string }>(
        `select relname as table, attname as column from pg_constraint
         join pg_class on pg_class.oid = conrelid
         join pg_attribute on attrelid = conrelid and attnum = conkey[1]
         where contype = 'f'`,
      )
      return rows.map(({ table, column }) => cascadeTo(table, column, '$1'))
    },
    change: async (statement: string): Promise<void> => void (await client.query(statement)),
    // A sample of a large table may have none of them, so the planner expects a single one.
    hideRareEvents: () => changeEvents("delete from audit_events where event <> 'login'"),
    // A sample may also miss users with few events when one user has millions.
    hideOtherUsers: () =>
      changeEvents('update audit_events set subject = (select max(subject) from audit_events)'),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

let prepared = 0

async function prepare(client: pg.Client, sql: string, parameters: number): Promise<string> {
  prepared += 1
  await client.query(`prepare explained_${prepared} as ${sql}`)
  const values = Array.from({ length: parameters }, () => 'null').join()
  return `execute explained_${prepared}${parameters === 0 ? '' : `(${values})`}`
}

interface Above {
  /** The table of a bitmap, whose index scans are below it. */
  table?: string | undefined
  /** Whether the node is asked for no more rows than a LIMIT needs. */
  isLimited: boolean
  /** Whether the statement has `exists`, whose plan ends at its first row. */
  stopsEarly: boolean
}

function readsOf(node: PlanNode, above: Above): TableRead[] {
  const kind = node['Node Type']
  const table = node['Relation Name'] ?? above.table
  const filter = node['Filter']
  const isLimited = above.isLimited && filter === undefined
  const below = (node['Plans'] ?? []).flatMap((child, position) => {
    const isSubplan = ['InitPlan', 'SubPlan'].includes(child['Parent Relationship'] ?? '')
    const isStreamed = kind === 'Limit' || (isLimited && streaming.has(kind))
    // The inner side of a loop is read once for each row of the outer side.
    const isOuter = kind !== 'Nested Loop' || position === 0
    const { stopsEarly } = above
    return readsOf(child, { isLimited: isSubplan ? stopsEarly : isStreamed && isOuter, stopsEarly, table })
  })
  const isTable = node['Relation Name'] !== undefined && kind.endsWith('Scan') && kind !== 'Bitmap Heap Scan'
  if (table === undefined || !(isTable || kind === 'Bitmap Index Scan')) return below
  const condition = node['Index Cond'] ?? ''
  const line = `${kind} on ${table} ${condition}${filter === undefined ? '' : ` filter ${filter}`}`
  const equal = Array.from(condition.matchAll(/\((\w+) = /g), ([, column = '']) => column)
  return [{ table, index: node['Index Name'], equal, isLimited, line }, ...below]
}
