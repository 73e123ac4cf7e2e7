import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { newAdministrator } from '../support/visitors.ts'

const canary = 'a column that no output names'

/** What tRPC keeps of `.output(schema)`. */
interface Output {
  parse(value: unknown): unknown
}

const outputOf = (path: (typeof paths)[number]) =>
  // Sound: the one key that tRPC's type of any procedure leaves out.
  (procedures[path]._def as { output?: Output }).output

/**
 * Puts a key that no output names into every object. A detail of an event is a record, so it may hold any
 * name.
 */
function withCanaries(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCanaries)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'detail' ? inner : withCanaries(inner),
  ])
  return { ...Object.fromEntries(entries), canary }
}

test('every procedure declares its output; a stream says what changed and gives no rows', () => {
  const without = paths.filter((path) => outputOf(path) === undefined)
  expect(without).toEqual(['sessions.events'])
  expect(procedures['sessions.events']._def.type).toBe('subscription')
})

test('a column that is not declared never leaves, from whatever a query returns', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const database = new DatabaseSync(app.databaseUrl.slice('file:'.length), { timeout: 5_000 })
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
  for (const { name } of tables)
    database.exec(`alter table ${String(name)} add column canary text not null default '${canary}'`)
  database.close()

  for (const path of paths) {
    const caller = await newAdministrator(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const { status, text } = await call(app.url, path, input, caller.cookie)
    expect([path, status, text.includes(canary)]).toEqual([path, 200, false])
    // As if the procedure returned its rows as they are.
    const { data } = JSON.parse(text).result
    expect([path, outputOf(path)?.parse(withCanaries(data)) ?? data]).toEqual([path, data])
  }
})
