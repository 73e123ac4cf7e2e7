import pg from 'pg'
import type { BulkInsert } from './bulk-insert.ts'

/** A replica's session does not check foreign keys: the makers of the rows keep them. */
const options = '-c synchronous_commit=off -c session_replication_role=replica -c maintenance_work_mem=512MB'

const createDropped = 'create table if not exists dropped_indexes (place serial, definition text not null)'

/** Opens the database of a URL, whose user must be a superuser. */
export async function openPostgresInsert(url: string): Promise<BulkInsert> {
  const client = new pg.Client({ connectionString: url, options })
  client.on('error', () => undefined)
  await client.connect()
  const numberOf = async (query: string) => {
    const { rows } = await client.query<{ value: string | null }>(query)
    return rows[0]?.value ?? null
  }
  return {
    count: async (table, where = 'true') =>
      Number(await numberOf(`select count(*) as value from ${table} where ${where}`)),
    insert: async (table, rows) => {
      // Other columns get their default.
      const names = Object.keys(rows[0] ?? {}).join()
      const content = `select ${names} from json_populate_recordset(null::${table}, $1)`
      await client.query(`insert into ${table} (${names}) ${content}`, [JSON.stringify(rows)])
    },
    remove: async (table, where) => void (await client.query(`delete from ${table} where ${where}`)),
    firstSignup: async () => {
      const first = await numberOf('select min(created_at) as value from users')
      return first === null ? null : Number(first)
    },
    dropIndexes: async () => {
      await client.query(`${createDropped}; do $$ declare each record; begin
        for each in select indexname, indexdef from pg_indexes where schemaname = 'public'
          and not exists (select from pg_constraint where conname = indexname) loop
          insert into dropped_indexes (definition) values (each.indexdef);
          execute format('drop index %I', each.indexname);
        end loop;
      end $$`)
    },
    restoreIndex: async () => {
      await client.query(createDropped)
      const { rows } = await client.query<{ place: number; definition: string }>(
        'select place, definition from dropped_indexes order by place',
      )
      const [next, ...others] = rows
      if (next === undefined) return undefined
      await client.query(
        `begin; ${next.definition}; delete from dropped_indexes where place = ${next.place}; commit`,
      )
      return others.length
    },
    finish: async () => {
      await client.query('drop table dropped_indexes')
      await client.query('vacuum analyze')
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
