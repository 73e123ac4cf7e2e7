import { DatabaseSync } from 'node:sqlite'
import { AccountExport } from '@app/contract'
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

/** The export is text; each of its parts is checked by this schema before it is written. */
function outputOf(path: (typeof paths)[number]): Output | undefined {
  if (path === 'account.export') return AccountExport
  // Sound: the one key that tRPC's type of any procedure leaves out.
  return (procedures[path]._def as { output?: Output }).output
}

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
    const answer = JSON.parse(text)
    const data = path === 'account.export' ? answer : answer.result.data
    expect([path, outputOf(path)?.parse(withCanaries(data)) ?? data]).toEqual([path, data])
  }
})
