import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { exposureWarnings } from './exposure.ts'

const secrets = { AUTH_SECRETS: 'x'.repeat(32) }
const exposed = { ...secrets, HOST: '0.0.0.0', PUBLIC_URL: 'https://accounts.example.org' }

function problemsOf(environment: Record<string, string>): string[] {
  return readConfig(environment).problems
}

function settingsNamed(environment: Record<string, string>): string[] {
  return problemsOf(environment).map((problem) => problem.split(' ', 1).join())
}

test('config: all settings have defaults', () => {
  expect(readConfig({}).config).toMatchObject({
    port: 8087,
    host: '127.0.0.1',
    publicUrl: null,
    allowedOrigins: [],
    cookieSameSite: 'lax',
    trustProxy: 0,
    logLevel: 'info',
    accounts: { databaseUrl: 'file:data/app.db', passwordHashCost: 12, limits: 'default' },
  })
})

test('config: an empty variable counts as not set', () => {
  expect(readConfig({ PORT: '', HOST: '', PUBLIC_URL: '', ALLOWED_ORIGINS: '' })).toEqual(readConfig({}))
})

test('config: reports all problems together, each with its fix', () => {
  const problems = problemsOf({
    PORT: '80a',
    LOG_LEVEL: 'loud',
    PASSWORD_HASH_COST: '99',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'ftp://example.org',
    COOKIE_SAMESITE: 'none',
  })
  expect(problems.map((problem) => problem.split(' ', 1).join())).toEqual([
    'PORT',
    'PUBLIC_URL',
    'LOG_LEVEL',
    'PASSWORD_HASH_COST',
    'COOKIE_SAMESITE',
    'AUTH_SECRETS',
  ])
  expect(problems.filter((problem) => !/must|Set /.test(problem))).toEqual([])
})

test.each([
  ['of which one is missing', {}, ['PORT', 'SMTP_URL', 'AUTH_SECRETS']],
  ['of which one is invalid', { MAIL_FROM: 'ada' }, ['PORT', 'MAIL_FROM', 'SMTP_URL', 'AUTH_SECRETS']],
])('config: settings of mail %s are reported with all others', (_, mail, names) => {
  const url = 'smtp://ada:swordfish@mail.example.org'
  const problems = problemsOf({ PORT: '80a', HOST: '0.0.0.0', SMTP_URL: url, ...mail })
  const named = problems.map((problem) => problem.split(' ', 1).join())
  expect(named.filter((name) => names.includes(name)).toSorted()).toEqual(names.toSorted())
  expect(problems.join()).not.toContain('swordfish')
})

test('config: a default that contradicts a setting is reported', () => {
  expect(problemsOf({ SESSION_ABSOLUTE_TIMEOUT: '30m' })).toEqual([
    'SESSION_IDLE_TIMEOUT must not be longer than SESSION_ABSOLUTE_TIMEOUT.',
  ])
})

test.each([
  [{ PORT: '-1' }, 'PORT'],
  [{ PORT: '65536' }, 'PORT'],
  [{ HOST: 'not a host' }, 'HOST'],
  [{ PUBLIC_URL: 'http://localhost/app' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://ada:secret@localhost' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://localhost,http://127.0.0.1' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL'],
  [{ ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS'],
  [{ ALLOWED_ORIGINS: 'null' }, 'ALLOWED_ORIGINS'],
  [{ ALLOWED_ORIGINS: 'https://app.example.org/,https://b.example/x' }, 'ALLOWED_ORIGINS'],
  [{ COOKIE_SAMESITE: 'strict' }, 'COOKIE_SAMESITE'],
  [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
  [{ PROXY_ADDRESSES: 'proxy.internal' }, 'PROXY_ADDRESSES'],
  [{ PROXY_ADDRESSES: '10.0.0.0/33' }, 'PROXY_ADDRESSES'],
  [{ PROXY_ADDRESSES: '10.0.0.1,2001:db8::/' }, 'PROXY_ADDRESSES'],
])('config: rejects %j', (environment, name) => {
  expect(settingsNamed(environment)).toEqual([name])
})

test.each(['localhost:80', '127.0.0.1:8087', 'a:b', '1::2::3', 'fe80%eth0', '[::1]', '[::1]:80'])(
  'config: HOST=%s is its only problem, although it would expose a server',
  (HOST) => {
    expect(problemsOf({ HOST })).toEqual([
      'HOST must be an address or a name of this machine without a port or brackets, like 127.0.0.1, 0.0.0.0 or ::1.',
    ])
  },
)

test.each(['localhost', 'my_host.internal', '10.0.0.5', '::', '::1', '::ffff:127.0.0.1', 'fe80::1%eth0'])(
  'config: accepts HOST=%s',
  (HOST) => {
    expect(settingsNamed({ HOST })).not.toContain('HOST')
  },
)

test('config: METRICS_PORT must differ from PORT, except where the system chooses both', () => {
  expect(problemsOf({ PORT: '9464', METRICS_PORT: '9464' })).toEqual(['METRICS_PORT must differ from PORT.'])
  expect(problemsOf({ METRICS_PORT: '8087', LIMITS: 'none' })).toEqual([
    expect.stringMatching(/^LIMITS must be /),
    'METRICS_PORT must differ from PORT.',
  ])
  expect(problemsOf({ PORT: 'none', METRICS_PORT: '8087' })).toEqual([
    expect.stringMatching(/^PORT must be /),
  ])
  expect(problemsOf({ PORT: '0', METRICS_PORT: '0' })).toEqual([])
})

test('config: spells origins as browsers do', () => {
  const { config } = readConfig({
    PUBLIC_URL: 'HTTP://LocalHost:80/',
    ALLOWED_ORIGINS: ' https://App.example.org:443/ , https://b.example ',
  })
  expect(config).toMatchObject({
    publicUrl: 'http://localhost',
    allowedOrigins: ['https://app.example.org', 'https://b.example'],
  })
})

test('config: accepts an exposed server with safe settings', () => {
  expect(problemsOf(exposed)).toEqual([])
  expect(problemsOf({ ...exposed, HOST: '127.0.0.1', TRUST_PROXY: '1' })).toEqual([])
})

test.each([
  ['HOST', { HOST: '0.0.0.0' }],
  ['HOST', { HOST: '::' }],
  ['HOST', { HOST: 'accounts.example.org' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://accounts.example.org' }],
  ['TRUST_PROXY', { TRUST_PROXY: '1' }],
])('config: %s alone exposes a server: %j', (setting, environment) => {
  const problems = problemsOf({ ...environment, PASSWORD_HASH_COST: '9', LIMITS: 'relaxed' })
  expect(problems.map((problem) => problem.split(' ', 1).join())).toEqual([
    'AUTH_SECRETS',
    'PUBLIC_URL',
    'PASSWORD_HASH_COST',
    'LIMITS',
    ...(setting === 'PUBLIC_URL' ? ['TRUST_PROXY'] : []),
  ])
  for (const problem of problems) expect(problem).toContain(`${setting} is `)
})

test.each([
  [{ AUTH_SECRETS: '' }, 'AUTH_SECRETS'],
  [{ PUBLIC_URL: 'http://accounts.example.org' }, 'PUBLIC_URL'],
  [{ PASSWORD_HASH_COST: '9' }, 'PASSWORD_HASH_COST'],
  [{ LIMITS: 'relaxed' }, 'LIMITS'],
])('config: an exposed server rejects %j with every NODE_ENV', (worse, name) => {
  for (const NODE_ENV of ['development', 'test', 'production']) {
    expect(settingsNamed({ ...exposed, ...worse, NODE_ENV })).toEqual([name])
  }
})

test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('config: HOST=%s is not exposed', (HOST) => {
  expect(problemsOf({ HOST, PASSWORD_HASH_COST: '4', LIMITS: 'relaxed' })).toEqual([])
})

test('config: rejects an https proxy without TRUST_PROXY, because all users would share one address', () => {
  const publicUrl = 'https://accounts.example.org'
  for (const HOST of ['127.0.0.1', '::1', 'localhost', '']) {
    expect(problemsOf({ ...secrets, HOST, PUBLIC_URL: publicUrl })).toEqual([
      expect.stringMatching(/^TRUST_PROXY must be .*1 for one/),
    ])
    expect(problemsOf({ ...secrets, HOST, PUBLIC_URL: publicUrl, TRUST_PROXY: '1' })).toEqual([])
  }
})

test('config: PROXY_ADDRESSES needs TRUST_PROXY', () => {
  expect(problemsOf({ PROXY_ADDRESSES: '10.0.0.5' })).toEqual([expect.stringContaining('Set TRUST_PROXY')])
})

test.each([
  [{ HOST: '0.0.0.0' }, /^TRUST_PROXY is 0 and PUBLIC_URL is https/],
  [{ HOST: '0.0.0.0', TRUST_PROXY: '2' }, /^HOST is 0\.0\.0\.0 and TRUST_PROXY is 2.*Set PROXY_ADDRESSES/],
  [{ HOST: '0.0.0.0', TRUST_PROXY: '2', PROXY_ADDRESSES: '10.0.0.0/8' }, /^$/],
  [{ HOST: '127.0.0.1', TRUST_PROXY: '1' }, /^$/],
])('config: %j causes a warning at the start, or none', (environment, warning) => {
  const { config } = readConfig({ ...exposed, ...environment })
  if (config === null) throw new Error('rejected')
  expect(exposureWarnings(config).join()).toMatch(warning)
})

test('config: COOKIE_SAMESITE=none needs ALLOWED_ORIGINS, and https on an exposed server', () => {
  const site = { PUBLIC_URL: 'https://localhost', ALLOWED_ORIGINS: 'https://app.example.org' }
  expect(problemsOf({ ...site, COOKIE_SAMESITE: 'none' })).toEqual([])
  expect(problemsOf({ ...site, COOKIE_SAMESITE: 'none', ALLOWED_ORIGINS: '' })).toEqual([
    expect.stringContaining('ALLOWED_ORIGINS'),
  ])
  expect(problemsOf({ ...site, COOKIE_SAMESITE: 'none', PUBLIC_URL: '' })).toEqual([])
  expect(
    problemsOf({ ...exposed, ...site, COOKIE_SAMESITE: 'none', PUBLIC_URL: 'http://localhost' }),
  ).toEqual([expect.stringContaining('PUBLIC_URL')])
})
