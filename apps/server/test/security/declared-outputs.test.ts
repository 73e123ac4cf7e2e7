import { DatabaseSync } from 'node:sqlite'
import { AccountExport } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'

const canary = 'a column that no output names'

/** The part of tRPC's output parser that the test uses. */
interface Output {
  parse(value: unknown): unknown
}

/** Returns the declared schema. The export is text, and its schema checks each part before it is written. */
function outputOf(path: (typeof paths)[number]): Output | undefined {
  if (path === 'account.export') return AccountExport
  // Sound: tRPC's type of a procedure lacks only this key.
  return (procedures[path]._def as { output?: Output }).output
}

/**
 * Adds a key that no output declares to every object, except to the detail of an audit event: it is a record
 * with any keys.
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

test('outputs: every procedure declares one, except the event stream, which sends no rows', () => {
  const without = paths.filter((path) => outputOf(path) === undefined)
  expect(without).toEqual(['sessions.events'])
  expect(procedures['sessions.events']._def.type).toBe('subscription')
})

test('outputs: no procedure returns an undeclared column', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const database = new DatabaseSync(app.databaseUrl.slice('file:'.length), { timeout: 5_000 })
  const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
  for (const { name } of tables)
    database.exec(`alter table ${String(name)} add column canary text not null default '${canary}'`)
  database.close()

  for (const path of paths) {
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const { status, text } = await call(app.url, path, input, caller.cookie)
    expect([path, status, text.includes(canary)]).toEqual([path, 200, false])
    // This simulates a procedure that returns whole rows.
    const answer = JSON.parse(text)
    const data = path === 'account.export' ? answer : answer.result.data
    expect([path, outputOf(path)?.parse(withCanaries(data)) ?? data]).toEqual([path, data])
  }
})
