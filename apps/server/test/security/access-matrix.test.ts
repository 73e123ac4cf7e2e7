import { readFileSync, writeFileSync } from 'node:fs'
import { roles } from '@app/contract'
import { isBehindProxy } from '@app/router/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { callerKinds, callAs } from '../support/caller-kinds.ts'
import type { CallerKind } from '../support/caller-kinds.ts'
import { exampleProvider } from '../support/identities.ts'
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
  await using app = await testApp({
    settings: {
      limits: 'relaxed',
      providers: [exampleProvider],
      adminSecondFactor: kind.requiresAdminFactor ? 'required' : 'optional',
      adminTokens: kind.allowsAdminTokens ? 'on' : 'off',
    },
  })
  const setup = { app, root: await newAdmin(app) }
  const column: string[] = []
  for (const path of paths) column.push(await callAs(setup, path, kind))
  return column
}

function accessOf(path: (typeof paths)[number]): string {
  // Sound: the shape of the router's meta, and its values are compared below.
  const { access, sudo, secondFactor, scope } = (procedures[path]._def.meta ?? {}) as Partial<
    Record<'access' | 'sudo' | 'secondFactor' | 'scope', unknown>
  >
  const who = Array.isArray(access) ? access.join(' or ') : String(access)
  return [
    who,
    ...(sudo === true ? ['sudo'] : []),
    ...(secondFactor === 'always' ? ['level 2'] : []),
    ...(secondFactor === 'if-added' ? ['factor'] : []),
    ...(typeof scope === 'string' ? [scope] : []),
  ].join(' + ')
}

// Guards read the same rows on each database, so one is enough; provocations.test.ts runs on each.
describe('the access matrix', () => {
  let rows: Row[] = []

  beforeAll(async () => {
    const waiting = Object.entries(callerKinds)
    const outcomesByKind = new Map<string, string[]>()
    const fillColumns = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        outcomesByKind.set(next[0], await outcomesOf(next[1]))
    }
    // PostgreSQL has no connections for more servers.
    const parallel = isBehindProxy ? 2 : waiting.length
    await Promise.all(Array.from({ length: parallel }, fillColumns))
    const columns = Object.keys(callerKinds).map((name) => [name, outcomesByKind.get(name) ?? []] as const)
    rows = paths.map((path, index) => ({
      path,
      kind: procedures[path]._def.type,
      access: accessOf(path),
      outcomes: Object.fromEntries(columns.map(([name, column]) => [name, column[index] ?? 'not called'])),
    }))
    // All calls are in this hook: through a proxy to three servers they take minutes on a busy machine.
  }, 900_000)

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

const guardReasons = [
  'UNAUTHENTICATED',
  'SESSION_EXPIRED',
  'FORBIDDEN',
  'FACTOR_REQUIRED',
  'REAUTH_REQUIRED',
  'SCOPE_REQUIRED',
  'TOKEN_NOT_ALLOWED',
]
const signedInOnly = {
  anonymous: 'UNAUTHENTICATED',
  'pending log-in': 'UNAUTHENTICATED',
  'session over': 'SESSION_EXPIRED',
  disabled: 'SESSION_EXPIRED',
}

/** Returns the callers that an access such as `admin or editor + sudo` rejects, with the reasons. */
function rejectedBy(access: string): Record<string, string> {
  const ofTokens = tokensRejectedBy(access)
  if (access === 'public') return ofTokens
  const [who = '', ...more] = access.split(' + ')
  // The access `user` is every signed-in account; all others are lists of roles.
  const allowed: readonly string[] = who === 'user' ? roles : who.split(' or ')
  const rejected: Record<string, string> = { ...signedInOnly, ...ofTokens }
  for (const role of roles) {
    const columns = ['', ', not theirs', ', 11 minutes', ', level 1', ', level 2'].map((kind) => role + kind)
    if (!allowed.includes(role)) for (const column of columns) rejected[column] = 'FORBIDDEN'
    else if (more.includes('sudo')) {
      rejected[`${role}, 11 minutes`] = 'REAUTH_REQUIRED'
      rejected[`${role}, level 1`] = 'REAUTH_REQUIRED'
    } else if (more.includes('factor')) rejected[`${role}, level 1`] = 'REAUTH_REQUIRED'
  }
  if (who !== 'user') rejected['admin, factor required'] = 'FACTOR_REQUIRED'
  return rejected
}

/** Returns the access tokens that an access rejects: all, unless it names a scope. */
function tokensRejectedBy(access: string): Record<string, string> {
  const accepts = access.includes(':')
  if (!accepts) {
    const columns = Object.keys(callerKinds).filter((name) => name.startsWith('token'))
    return Object.fromEntries(columns.map((column) => [column, 'TOKEN_NOT_ALLOWED']))
  }
  const isForAdmins = !access.startsWith('user')
  return {
    'token, no scope': 'SCOPE_REQUIRED',
    'token, expired': 'UNAUTHENTICATED',
    'token + cookie': 'TOKEN_NOT_ALLOWED',
    ...(isForAdmins
      ? {
          'token, user': 'FORBIDDEN',
          'token, not theirs': 'TOKEN_NOT_ALLOWED',
          'token, admin, off': 'TOKEN_NOT_ALLOWED',
          'token, admin, factor required': 'FACTOR_REQUIRED',
        }
      : {}),
  }
}
