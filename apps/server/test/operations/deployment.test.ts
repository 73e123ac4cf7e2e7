import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { readConfig, settingNames } from '../../src/config/config.ts'

const pathOf = (file: string) => fileURLToPath(new URL(`../../../../deploy/${file}`, import.meta.url))
const [unit, compose, dockerfile] = ['accounts.service', 'compose.yaml', 'Dockerfile'].map((file) =>
  readFileSync(pathOf(file), 'utf8'),
) as [string, string, string]

/** Returns the values of a key of the unit. */
const valuesOf = (key: string) =>
  [...unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => value)

/** What an operator must set for a server that others can reach. */
const operator = {
  PUBLIC_URL: 'https://accounts.example.org',
  AUTH_SECRETS: 'x'.repeat(32),
  TRUST_PROXY: '1',
}

/** Returns how long the server may take to stop: what docs/operations.md says about its last step. */
function stopSeconds(environment: Record<string, string | undefined>): number {
  return (readConfig(environment).config?.drainDelayMs ?? Infinity) / 1_000 + 11
}

/** Returns the variables of the server in compose.yaml, and of the Dockerfile below them. */
function containerEnvironment(): Record<string, string> {
  const block = /^ {4}environment:\n((?: {6}.*\n)+)/m.exec(compose)?.[1] ?? ''
  const given = new Map(Object.entries<string>({ ...operator, TRUST_PROXY: '' }))
  const lines = [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = '', value = '']) => {
    const [, variable = '', fallback = ''] = /^\$\{([A-Z_]+):[?-](.*)\}$/.exec(value) ?? []
    return [name, variable === '' ? value : given.get(variable) || fallback]
  })
  const image = [...dockerfile.matchAll(/^ENV ([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  return Object.fromEntries([...image, ...lines])
}

test('compose.yaml: sets what a server that others can reach needs, and gives it time to stop', () => {
  const environment = containerEnvironment()
  expect(Object.keys(environment).filter((name) => !settingNames.includes(name))).toEqual([])
  expect(readConfig(environment).problems).toEqual([])
  expect(environment).toMatchObject({ HOST: '0.0.0.0', TRUST_PROXY: '1', DATABASE_URL: 'file:/data/app.db' })
  const graceSeconds = Number(/^ {4}stop_grace_period: (\d+)s$/m.exec(compose)?.[1])
  expect(graceSeconds).toBeGreaterThan(stopSeconds(environment))
  expect(compose).toContain(`127.0.0.1:\${PORT:-${environment['PORT']}}:${environment['PORT']}`)
})

test('Dockerfile.dockerignore: what git ignores does not get into the build, such as files with secrets', () => {
  const ignored = readFileSync(pathOf('../.gitignore'), 'utf8').trim().split('\n')
  const leftOut = readFileSync(pathOf('Dockerfile.dockerignore'), 'utf8').split('\n')
  expect(leftOut).toEqual(expect.arrayContaining(ignored.map((line) => `**/${line.replace(/\/$/, '')}`)))
  expect(ignored).toEqual(expect.arrayContaining(['.env', 'settings.env', 'jar', 'token.json']))
})

test('compose.yaml: the container has no right that the server does not need', () => {
  for (const line of ['read_only: true', 'cap_drop:\n      - ALL', 'no-new-privileges:true']) {
    expect(compose).toContain(line)
  }
  expect(compose).not.toMatch(/privileged|network_mode|docker\.sock|0\.0\.0\.0:\$/)
})

test('accounts.service: has the settings that it needs, and time to stop', () => {
  const environment = Object.fromEntries(valuesOf('Environment').map((line) => String(line).split('=', 2)))
  expect(readConfig({ ...operator, ...environment }).problems).toEqual([])
  expect(environment).toEqual({ DATABASE_URL: `file:/var/lib/${valuesOf('StateDirectory')[0]}/app.db` })
  const [stop = ''] = valuesOf('TimeoutStopSec')
  expect(Number.parseInt(stop, 10)).toBeGreaterThan(stopSeconds({ ...operator, ...environment }))
  expect(String(valuesOf('ExecStart')[0])).toContain(
    (JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '[]') as string[]).join(' '),
  )
})

test('accounts.service: repeats a failed start without end, because the database may come later', () => {
  const keys = ['Restart', 'RestartSec', 'StartLimitIntervalSec']
  expect(keys.map((key) => valuesOf(key))).toEqual([['on-failure'], ['2s'], ['0']])
})

test('accounts.service: the server writes only its own folder, and has no right of root', () => {
  const expected = {
    DynamicUser: 'yes',
    ProtectSystem: 'strict',
    ProtectHome: 'yes',
    NoNewPrivileges: 'yes',
    CapabilityBoundingSet: '',
    PrivateTmp: 'yes',
    PrivateDevices: 'yes',
    Restart: 'on-failure',
  }
  for (const [key, value] of Object.entries(expected)) expect([key, valuesOf(key)]).toEqual([key, [value]])
  expect(unit).not.toMatch(/^(?:ReadWritePaths|User|RootDirectory)=/m)
})

test.skipIf(!isInstalled('systemd-analyze'))(
  'accounts.service: systemd accepts each line and rates the exposure below 2',
  () => {
    for (const args of [['verify'], ['security', '--offline=true', '--threshold=19', '--no-pager']]) {
      const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args, pathOf('accounts.service')], {
        encoding: 'utf8',
      })
      expect([args[0], status, stderr, status === 0 ? '' : stdout]).toEqual([args[0], 0, '', ''])
    }
  },
)
