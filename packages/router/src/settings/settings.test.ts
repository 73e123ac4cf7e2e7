import { product } from '@app/contract/product'
import { expect, test } from 'vitest'
import { readAccountSettings } from './settings.ts'

test('settings: all have defaults', () => {
  expect(readAccountSettings({})).toMatchObject({
    problems: [],
    settings: {
      databaseUrl: 'file:data/app.db',
      authSecrets: [],
      passwordHashCost: 12,
      signup: product.signup,
      sessionTimeouts: { idleMs: 3_600_000, absoluteMs: 86_400_000 },
    },
  })
})

test('settings: an empty variable counts as not set', () => {
  expect(readAccountSettings({ PASSWORD_HASH_COST: '', AUTH_SECRETS: '' })).toEqual(readAccountSettings({}))
})

test('settings: a time of 0 needs no unit', () => {
  const { settings } = readAccountSettings({ FACTOR_RESET_DELAY: '0' })
  expect(settings?.factorResetDelayMs).toBe(0)
})

test('settings: reports all invalid settings together, each with its fix', () => {
  const { settings, problems } = readAccountSettings({
    DATABASE_URL: 'mysql://x',
    AUTH_SECRETS: 'short',
    PASSWORD_HASH_COST: 'twelve',
    PASSWORD_MIN: '4',
    BREACH_CHECK: 'on',
    BREACH_CHECK_URL: 'http://ranges.example.org/',
    HASH_QUEUE: '-1',
    SIGNUP: 'maybe',
    SESSION_IDLE_TIMEOUT: '1 hour',
    REMEMBERED_IDLE_TIMEOUT: '500d',
    LIMITS: 'none',
  })
  expect(settings).toBeNull()
  expect(problems).toEqual([
    'DATABASE_URL must start with file: (SQLite) or postgres:// (PostgreSQL).',
    'AUTH_SECRETS must be secrets of at least 32 bytes, newest first, separated by commas. Make one: openssl rand -base64 33',
    'PASSWORD_HASH_COST must be a whole number from 4 to 16.',
    'PASSWORD_MIN must be a whole number from 8 to 64.',
    'BREACH_CHECK must be off or online.',
    'BREACH_CHECK_URL must be an https address that ends with a slash: https://api.pwnedpasswords.com/range/',
    'HASH_QUEUE must be a whole number from 0 to 10000.',
    'SIGNUP must be open, invite or closed.',
    'SESSION_IDLE_TIMEOUT must be a time with its unit (s, m, h or d): from 60s to 400d.',
    'REMEMBERED_IDLE_TIMEOUT must be a time with its unit (s, m, h or d): from 60s to 400d.',
    'LIMITS must be default or relaxed.',
  ])
  expect(problems.join()).not.toContain('short')
})

test.each([
  ['memory', null],
  ['redis://:password@redis.example.org:6379/1', 'redis://:password@redis.example.org:6379/1'],
  ['rediss://redis.example.org', 'rediss://redis.example.org'],
])('settings: LIMITS_STORE=%s is accepted', (text, url) => {
  expect(readAccountSettings({ LIMITS_STORE: text }).settings).toMatchObject({ limitsStore: url })
})

test.each(['redis', 'http://redis.example.org', 'redis://', 'database'])(
  'settings: LIMITS_STORE=%s is rejected',
  (text) => {
    expect(readAccountSettings({ LIMITS_STORE: text }).problems).toEqual([
      expect.stringMatching(/^LIMITS_STORE must be memory, or the address of a Redis server/),
    ])
  },
)

test.each([
  ['https://ranges.example.org/range/', true],
  ['http://127.0.0.1:9000/', true],
  ['https://ranges.example.org/range', false],
  ['https://ranges.example.org/?key=1&/', false],
  ['https://user:password@ranges.example.org/', false],
  ['ftp://127.0.0.1/', false],
  ['ranges.example.org/', false],
])('settings: BREACH_CHECK_URL may be %s: %s', (url, isAllowed) => {
  const read = readAccountSettings({ BREACH_CHECK: 'online', BREACH_CHECK_URL: url })
  expect(read.settings?.breachCheckUrl).toBe(isAllowed ? url : undefined)
})

test('settings: rejects an idle timeout longer than the absolute one', () => {
  expect(
    readAccountSettings({ SESSION_IDLE_TIMEOUT: '2d', REMEMBERED_IDLE_TIMEOUT: '40d' }).problems,
  ).toEqual([
    'SESSION_IDLE_TIMEOUT must not be longer than SESSION_ABSOLUTE_TIMEOUT.',
    'REMEMBERED_IDLE_TIMEOUT must not be longer than REMEMBERED_ABSOLUTE_TIMEOUT.',
  ])
})

test('settings: rejects secrets in quotes, as docker --env-file passes them, and trims white space', () => {
  expect(readAccountSettings({ AUTH_SECRETS: `"${'x'.repeat(32)}"` }).problems).toEqual([
    'AUTH_SECRETS must be written without quotes here: they would be part of the secret.',
  ])
  expect(readAccountSettings({ SIGNUP: ' closed\r' }).settings).toMatchObject({ signup: 'closed' })
})

test('settings: reads secrets newest first', () => {
  const [newest, oldest] = ['n'.repeat(32), 'o'.repeat(40)]
  expect(readAccountSettings({ AUTH_SECRETS: ` ${newest}, ${oldest} ` }).settings?.authSecrets).toEqual([
    newest,
    oldest,
  ])
})
