import { readFileSync, writeFileSync } from 'node:fs'
import { roles } from '@app/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { callerKinds, callAs } from '../support/caller-kinds.ts'
import type { CallerKind } from '../support/caller-kinds.ts'
import { paths, procedures } from '../support/procedures.ts'
import { formatTable } from '../support/text-table.ts'

const file = new URL('access-matrix.txt', import.meta.url)
const isUpdating = process.env['UPDATE_MATRIX'] === '1'

interface Row {
  path: string
  kind: string
  access: string
  /** By kind of caller. */
  outcomes: Record<string, string>
}

/** Calls each procedure as one kind of caller, on its own server, so calls of other kinds change nothing. */
async function outcomesOf(kind: CallerKind): Promise<string[]> {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const setup = { app, root: await newAdmin(app) }
  const column: string[] = []
  for (const path of paths) column.push(await callAs(setup, path, kind))
  return column
}

function accessOf(path: (typeof paths)[number]): string {
  // Sound: the shape of the router's meta, and its values are compared below.
  const { access, sudo } = (procedures[path]._def.meta ?? {}) as { access?: unknown; sudo?: unknown }
  const who = Array.isArray(access) ? access.join(' or ') : String(access)
  return sudo === true ? `${who} + sudo` : who
}

// Guards read the same rows on each database, so one is enough; provocations.test.ts runs on each.
describe('the access matrix', () => {
  let rows: Row[] = []

  beforeAll(async () => {
    const columns = await Promise.all(
      Object.entries(callerKinds).map(async ([name, kind]) => [name, await outcomesOf(kind)] as const),
    )
    rows = paths.map((path, index) => ({
      path,
      kind: procedures[path]._def.type,
      access: accessOf(path),
      outcomes: Object.fromEntries(columns.map(([name, column]) => [name, column[index] ?? 'not called'])),
    }))
  }, 180_000)

  test('every procedure answers each kind of caller as in the reviewed matrix', () => {
    const table = formatTable([
      ['procedure', 'kind', 'access', ...Object.keys(callerKinds)],
      ...rows.map(({ path, kind, access, outcomes }) => [path, kind, access, ...Object.values(outcomes)]),
    ])
    const reviewed = readFileSync(file, 'utf8').split('\n')
    const head = reviewed.filter((line) => line.startsWith('#'))
    if (isUpdating) {
      writeFileSync(file, [...head, '', table].join('\n'))
      throw new Error(
        'access-matrix.txt is written. Review what changed, then run again without UPDATE_MATRIX.',
      )
    }
    expect(table).toBe(reviewed.slice(head.length + 1).join('\n'))
  })

  // This also checks a matrix that was just written, so no review can accept a declared access without its
  // guard.
  test('every procedure declares its access, and its guards enforce it', () => {
    for (const { path, access, outcomes } of rows) {
      const rejected = Object.entries(outcomes).filter(([, outcome]) => guardReasons.includes(outcome))
      expect([path, Object.fromEntries(rejected)]).toEqual([path, rejectedBy(access)])
    }
  })
})

const guardReasons = ['UNAUTHENTICATED', 'SESSION_EXPIRED', 'FORBIDDEN', 'REAUTH_REQUIRED']
const signedInOnly = {
  anonymous: 'UNAUTHENTICATED',
  'session over': 'SESSION_EXPIRED',
  disabled: 'SESSION_EXPIRED',
}

/** Returns the callers that an access such as `admin or editor + sudo` rejects, with the reasons. */
function rejectedBy(access: string): Record<string, string> {
  if (access === 'public') return {}
  const [who = '', sudo] = access.split(' + ')
  // The access `user` is every signed-in account; all others are lists of roles.
  const allowed: readonly string[] = who === 'user' ? roles : who.split(' or ')
  const rejected: Record<string, string> = { ...signedInOnly }
  for (const role of roles) {
    const columns = [role, `${role}, not theirs`, `${role}, 11 minutes`]
    if (!allowed.includes(role)) for (const column of columns) rejected[column] = 'FORBIDDEN'
    else if (sudo !== undefined) rejected[`${role}, 11 minutes`] = 'REAUTH_REQUIRED'
  }
  return rejected
}
