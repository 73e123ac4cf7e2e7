import { METHODS } from 'node:http'
import { tokenScopes } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { password, unknownId, unknownSecret } from '../support/actors.ts'
import { seeded } from '../support/mutations.ts'
import type { Path } from '../support/procedure-types.ts'
import { paths, procedures } from '../support/procedures.ts'

/** Who calls; the test has the credentials. */
const callers = ['user', 'token', 'limited token', 'unknown token', 'token and cookie', 'none'] as const
export type Caller = (typeof callers)[number]

export interface GeneratedRequest {
  method: string
  /** With the query string. */
  path: string
  headers: Record<string, string>
  body: string | undefined
  caller: Caller
}

/** Node's client makes a tunnel of CONNECT, and a server of ours answers none. */
const methods = METHODS.filter((method) => method !== 'CONNECT') as [string, ...string[]]

const contentTypes = [
  'application/json',
  'Application/JSON; charset=utf-8',
  'application/json;charset="UTF-8"',
  'application/json ; charset=utf-8 ;',
  'application/json; charset=utf-16',
  'application/json; charset=utf-8; charset=latin1',
  'application/json; boundary=x',
  'application/json, text/plain',
  'application/jsonl',
  'application/merge-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'text/plain;charset=UTF-8',
  'json',
  '',
  undefined,
] as const

const inputs = [
  {},
  { limit: 2 },
  { limit: 'five' },
  { id: unknownId },
  { title: 'a note', text: 'ⓐ 𝒷 \u2028' },
  { name: 'Ada' },
  { name: '' },
  { username: 'ada', password },
  { password },
  { search: 'a b+c' },
  { unknown: 1, toString: 2 },
  [],
  null,
  'text',
  7,
] as const

/** Inputs that pass the schema of a procedure whose callers often send more than `{}`. */
const fitting: Partial<Record<Path, readonly [unknown, ...unknown[]]>> = {
  'auth.login': [{ username: 'ada', password: 'wrong horse' }],
  'auth.secondFactor': [{ method: 'otp', code: '123456' }],
  'auth.signup': [signupInput({ username: 'ada', password })],
  'auth.elevate': [
    { method: 'password', password },
    { method: 'password', password: 'wrong horse' },
  ],
  'account.changePassword': [{ currentPassword: 'wrong horse', newPassword: 'a better battery' }],
  'sessions.revoke': [{ id: unknownId }],
  'account.updateProfile': [{ name: 'Ada' }, { name: 'Ada Lovelace' }],
  'account.activity': [{ limit: 2 }],
  'email.change': [{ email: 'ada@example.org' }],
  'email.verify': [{ secret: unknownSecret }],
  'recovery.request': [{ identifier: 'ada' }, { identifier: 'ada@example.org' }],
  'recovery.inspect': [{ secret: unknownSecret }],
  'recovery.reset': [{ secret: unknownSecret, newPassword: 'a better battery' }],
  'tokens.create': [{ name: 'Backup', scopes: [tokenScopes[0]] }],
  'tokens.revoke': [{ id: unknownId }],
  'invitations.inspect': [{ secret: unknownSecret }],
  'users.setRole': [{ id: unknownId, role: 'admin' }],
}

const malformed = ['', '{', '{}}', 'null', '[1', '"\\ud800"', '\u0000', '{"__proto__":{"a":1}}'] as const

/** Without the one that ends the account of the test, and the one whose answer has no end. */
const called = paths.filter((path) => !['account.close', 'sessions.events'].includes(path)) as [
  Path,
  ...Path[],
]

const queries = called.filter((path) => procedures[path]._def.type === 'query') as [Path, ...Path[]]

/**
 * Returns a function that makes one request: often a right call, else one that is wrong in one or two ways.
 * The same seed makes the same requests.
 */
export function requestGenerator(seed: number): () => GeneratedRequest {
  const random = seeded(seed)
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0]
  const oneIn = (times: number) => random() * times < 1

  const inputFor = (path: Path): string => {
    if (oneIn(12)) return pick(malformed)
    return JSON.stringify(oneIn(3) ? pick(inputs) : pick(fitting[path] ?? [{}]))
  }

  const inputOfBatch = (names: readonly Path[]): string => {
    if (oneIn(8)) return pick(['', '{', '[]', 'null', '7', '{}', `[${names.map(inputFor).join()}]`])
    const keys = names.map((_, index) => (oneIn(8) ? pick(['', '00', '-1', 'a', '7']) : index))
    return `{${names.map((path, index) => `"${keys[index]}":${inputFor(path)}`).join()}}`
  }

  /** As our client writes it, or as a form does. */
  const queryOf = (parameters: readonly [string, string][]): string => {
    if (parameters.length === 0) return ''
    const encoded = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    return `?${oneIn(2) ? encoded.join('&') : new URLSearchParams([...parameters]).toString()}`
  }

  const spelled = (names: readonly Path[]): string => {
    const path = names.join(',')
    if (!oneIn(6)) return path
    return pick([
      path.toUpperCase(),
      `${path}/`,
      `/${path}`,
      `${path},`,
      path.replace('.', '%2e'),
      path.replace(',', '%2C'),
      path.replace('.', '/'),
      `${path}#x`,
      '',
      'no.such',
      '__proto__',
      'constructor.name',
      '%zz',
    ])
  }

  return () => {
    const first = pick(called)
    const isMutation = procedures[first]._def.type === 'mutation'
    const others = oneIn(isMutation ? 20 : 4) ? pick([1, 1, 2, 9, 10]) : 0
    const names = [first, ...Array.from({ length: others }, () => pick(oneIn(4) ? called : queries))]
    const isBatch = (others > 0 && !oneIn(10)) || oneIn(isMutation ? 10 : 3)
    const right = isMutation ? 'POST' : 'GET'
    const method = oneIn(6) ? pick([pick(methods), 'GET', 'POST', 'HEAD', 'PATCH', 'OPTIONS']) : right
    const input = isBatch ? inputOfBatch(names) : inputFor(first)
    const inQuery = method === 'POST' ? oneIn(20) : !oneIn(10)
    const query = queryOf([
      ...(isBatch ? [['batch', oneIn(10) ? pick(['0', 'true', '']) : '1'] satisfies [string, string]] : []),
      ...(inQuery ? [['input', input] satisfies [string, string]] : []),
      ...(oneIn(20) ? [['input', '{}'] satisfies [string, string]] : []),
    ])
    const type = oneIn(5) ? pick(contentTypes) : 'application/json'
    const hasBody = method === 'POST' || oneIn(10)
    return {
      method,
      path: `/trpc/${spelled(names)}${query}`,
      headers: {
        ...(hasBody && type !== undefined ? { 'content-type': type } : {}),
        ...(oneIn(20) ? { accept: pick(['application/jsonl', 'text/html', '*/*']) } : {}),
        ...(oneIn(20) ? { origin: 'https://evil.example' } : {}),
        ...(oneIn(40) ? { 'content-encoding': pick(['gzip', 'identity', 'br']) } : {}),
      },
      body: hasBody ? input : undefined,
      caller: oneIn(4) ? pick(callers) : 'user',
    }
  }
}
