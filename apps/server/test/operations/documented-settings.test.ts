import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { accountSettingNames, isProviderSetting, readEnvironment } from '@app/router'
import { expect, test } from 'vitest'
import { readDevAddresses } from '../../dev/addresses.ts'
import { readConfig, settingNames } from '../../src/config/config.ts'
import { stopLimits } from '../../src/process/stop-limits.ts'
import { dataFolder } from '../support/server-process.ts'

const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, name = '', value = '']) => ({
  name,
  value: /^`([^`]+)`$/.exec(value)?.[1],
}))

/** The settings of a provider of outside identities, whose names contain its name. */
const ofProvider = [...page.matchAll(/^\| `OIDC_<NAME>_([A-Z_]+)` \|/gm)].map(([, part = '']) => part)

/** Returns the names of all variables that the server reads. */
function settingsRead(): string[] {
  const names = new Set<string>()
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_none, name) => void names.add(String(name)),
    },
  )
  expect(readConfig(environment).problems).toEqual([])
  return [...names]
}

test('docs/operations.md: names every setting once, and no other', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(settingsRead().toSorted())
})

test('docs/operations.md: says how long a stop takes', () => {
  const [, mails, requests, whole] =
    /Those in progress get (\d+) seconds;[^]*?after at most (\d+) seconds[^]*?`DRAIN_DELAY` and (\d+) seconds/
      .exec(page)
      ?.map((text) => Number(text) * 1_000) ?? []
  const { mailsMs, requestsMs, lingerMs } = stopLimits
  expect([mails, requests, whole]).toEqual([mailsMs, requestsMs, requestsMs + lingerMs])
})

test('.env.example: names every setting with its default, and changes nothing without its #', () => {
  const example = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8')
  using folder = dataFolder()
  writeFileSync(path.join(folder.path, '.env'), example.replaceAll(/^# (?=[A-Z_]+=)/gm, ''))
  const { environment, problems, warnings } = readEnvironment(folder.path, {}, settingNames)
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] })
  const { WEB_PORT, API_URL, ...settings } = environment
  expect([WEB_PORT, API_URL]).toEqual([readDevAddresses({}).addresses?.WEB_PORT, ''])
  const [providers, named] = [true, false].map((isOfProvider) =>
    Object.keys(settings).filter((name) => isProviderSetting(name) === isOfProvider),
  )
  expect(named?.toSorted()).toEqual(settingNames.toSorted())
  expect(providers).toEqual(ofProvider.map((part) => `OIDC_GOOGLE_${part}`))
  expect(readConfig(settings)).toEqual(readConfig({}))
  const fixed = rows.filter(({ name, value }) => value !== undefined && name !== 'PUBLIC_URL')
  expect(settings).toMatchObject(Object.fromEntries(fixed.map(({ name, value }) => [name, value])))
})

test('settings: no name of a setting is reported as a misspelling', () => {
  using folder = dataFolder()
  writeFileSync(path.join(folder.path, '.env'), settingNames.map((name) => `${name}=x\n`).join(''), {
    mode: 0o600,
  })
  for (const names of [settingNames, accountSettingNames]) {
    expect(readEnvironment(folder.path, {}, names)).toMatchObject({ problems: [], warnings: [] })
  }
})

test.each(rows.filter(({ value }) => value !== undefined))(
  'docs/operations.md: the default of $name is $value',
  ({ name, value }) => {
    const defaults = readConfig({}).config
    // By default the origin follows from the port.
    const expected =
      name === 'PUBLIC_URL' ? { ...defaults, publicUrl: `http://localhost:${defaults?.port}` } : defaults
    const documented = value?.replace('PORT', String(defaults?.port))
    expect(readConfig({ [name]: documented })).toEqual({ config: expected, problems: [] })
  },
)
