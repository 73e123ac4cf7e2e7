import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { rateLimits, UserRow } from '@app/contract'
import { readAccountSettings, repositoryRoot } from '@app/router'
import { expect, test } from 'vitest'

// Each test compares docs/security.md with the code: a change of the code without the page fails.

const read = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8')
const lines = read('docs/security.md').split('\n')
const text = lines.join(' ').replaceAll(/\s+/g, ' ')
const unique = (texts: string[]) => [...new Set(texts)].toSorted()

/** Returns the cells of the table with this header, without it. */
function tableOf(header: string): string[][] {
  const first = lines.indexOf(header)
  const rows = lines.slice(first + 2)
  return rows.slice(0, rows.indexOf('')).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const [, facts = ''] = /\*\*Decisions use these facts about a request:\*\*(.*?)\*\*/.exec(text) ?? []

test('docs/security.md names every header on which a decision depends', () => {
  const forms = [
    'accept',
    'accept-encoding',
    'access-control-request-method',
    'content-encoding',
    'content-length',
    'content-type',
    'if-none-match',
    'last-event-id',
    'transfer-encoding',
    'trpc-accept',
    // Node joins the parts of `X-Forwarded-For`; this one is only a warning.
    'forwarded',
    // Recorded.
    'user-agent',
    // Sessions, access tokens and known devices.
    'authorization',
    'cookie',
  ]
  const decisions = ['Host', 'Origin', 'Sec-Fetch-Site', 'Referer', 'X-Forwarded-For']
  const sources = globSync('apps/server/src/**/*.ts', { cwd: repositoryRoot })
    .filter((file) => !file.endsWith('.test.ts'))
    .map(read)
  const members = sources.flatMap((source) =>
    [...source.matchAll(/\bheaders\??\.?(?:\['([a-z-]+)'\]|(?<=\.)([a-z]+)\b(?!['(]))/g)].map(
      ([, quoted, plain = '']) => quoted ?? plain,
    ),
  )
  const taken = sources.flatMap((source) =>
    [...source.matchAll(/\{([^{}]*)\} = (?:request\.)?headers\b/g)].flatMap(([, inside = '']) =>
      inside.split(',').map((each) => /[\w-]+/.exec(each)?.[0] ?? ''),
    ),
  )
  const lower = decisions.map((name) => name.toLowerCase())
  expect(unique([...members, ...taken]).filter((name) => !/^(?:ts|length)$/.test(name))).toEqual(
    unique([...forms, ...lower]),
  )
  for (const name of decisions) expect(facts).toContain(`\`${name}\``)
})

test('docs/security.md names everything by which calls are limited', () => {
  const words: Record<string, string> = {
    Account: 'session or access token',
    Address: 'address',
    Caller: 'known device',
    Network: 'network',
    Session: 'session',
    Token: 'access token',
    User: 'session or access token',
  }
  expect(unique(Object.keys(rateLimits).map((name) => name.split('Per')[1] ?? ''))).toEqual(
    Object.keys(words),
  )
  for (const word of Object.values(words)) expect(facts).toContain(word)
})

test('docs/security.md states how long sessions last by default', () => {
  const hours = (ms = 0) => ms / 3_600_000
  const { idleMs, absoluteMs, rememberedIdleMs, rememberedAbsoluteMs } =
    readAccountSettings({}).settings?.sessionTimeouts ?? {}
  for (const [kind, usual, remembered] of [
    ['idle', idleMs, rememberedIdleMs],
    ['absolute', absoluteMs, rememberedAbsoluteMs],
  ] as const) {
    expect(text).toContain(
      `| ${kind} expiry of a session | ${hours(usual)} h; with "Remember me" ${hours(remembered) / 24} days |`,
    )
  }
})

test('docs/security.md says who sees each field of a user', () => {
  const names: Record<string, string> = {
    createdAt: 'since when',
    disabled: 'disabled',
    email: 'email address',
    lastLoginAt: 'last log-in',
    name: 'name',
    role: 'role',
    username: 'user name',
  }
  const rows = tableOf('| of another user | every signed-in user | admins |')
  const cells = rows.flatMap(([fields = '']) => fields.split(', '))
  expect(unique(Object.keys(UserRow.shape))).toEqual(unique(['id', ...Object.keys(names)]))
  for (const name of Object.values(names)) expect(cells).toContain(name)
})

test('docs/security.md has each key, what it protects and when it is replaced', () => {
  const keys: Record<string, string> = {
    session: 'session key and its id',
    identifier: 'identifier key',
    'shared-limit': 'limit key',
    outbox: 'seal keys and their ids, one for each purpose',
  }
  const [, purposes = ''] =
    /type KeyPurpose = ([^\n]*)/.exec(read('packages/router/src/settings/keys.ts')) ?? []
  expect(purposes).toBe("'session' | 'identifier' | 'shared-limit' | SealPurpose")
  const rows = tableOf('| key | made from | protects | replaced |')
  const names = rows.map(([name]) => name)
  for (const name of Object.values(keys)) expect(names).toContain(name)
  for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(4)
})

test('docs/security.md has each purpose of a sealed text', () => {
  const words: Record<string, string> = {
    'identity-signup': 'sign-ups that are not finished',
    'oidc-attempt': 'attempts with an outside identity',
    outbox: 'mails that wait',
    'passkey-challenge': 'challenges of passkeys',
    'pending-login': 'log-ins',
    totp: 'secrets of authenticator apps',
  }
  const [, union = ''] =
    /export type SealPurpose =([^]*?)\n\n/.exec(read('packages/router/src/settings/keys.ts')) ?? []
  expect([...union.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name).toSorted()).toEqual(
    Object.keys(words),
  )
  const [, , protects = ''] =
    tableOf('| key | made from | protects | replaced |').find(([name]) => name?.startsWith('seal keys')) ?? []
  for (const word of Object.values(words)) expect(protects).toContain(word)
})

test('docs/security.md classifies data, and each class has its protection', () => {
  const rows = tableOf('| class | data | protection |')
  expect(rows.map(([name]) => name)).toEqual(['secret', 'keys', 'personal', 'public here'])
  for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(3)
})
