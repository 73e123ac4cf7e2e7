import { setTimeout as sleep } from 'node:timers/promises'
import { describeOnEach, everyRow } from '@app/router/testing'
import { beforeAll, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import {
  accessTokens,
  authSecret,
  cookieSecrets,
  factorSecrets,
  disguises,
  hashes,
  linkSecrets,
  listenFor,
  secretOfFactor,
  randomPartOfToken,
  secretOfLink,
  shownToken,
  typed,
} from '../support/canaries.ts'
import type { Canary } from '../support/canaries.ts'
import { driveEveryCall, typedAs } from '../support/drive-every-call.ts'
import { exampleProvider } from '../support/identities.ts'
import { paths } from '../support/procedures.ts'
import { wireTap } from '../support/wire-tap.ts'
import type { Overheard } from '../support/wire-tap.ts'

interface Findings {
  canaries: Canary[]
  answers: readonly Overheard[]
  log: string
  metrics: string
  /** All values of each `table.column`. */
  columns: Map<string, string>
}

const secret = 'an auth secret that sings: tweet tweet'
const shownOnce: ReadonlySet<string> = new Set([secretOfLink, secretOfFactor, shownToken, randomPartOfToken])

describeOnEach('canaries: after calls of every procedure', (databaseKind) => {
  let found: Findings
  beforeAll(async () => {
    found = await collectFindings(databaseKind)
  })

  test('no response contains a secret, except for the cookies that it sets', () => {
    const secretsIn = listenFor(found.canaries.filter(({ name }) => !shownOnce.has(name)))
    expect(
      found.answers.flatMap(({ what, text }) => secretsIn(text).map((name) => `${what}: ${name}`)),
    ).toEqual([])
  })

  test('no response contains the secret of a link, except for the calls that issue one', () => {
    const secretsIn = listenFor(found.canaries.filter(({ name }) => name === secretOfLink))
    const calls = found.answers.filter(({ text }) => secretsIn(text).length > 0).map(({ what }) => what)
    expect(new Set(calls)).toEqual(
      new Set([
        'POST /trpc/invitations.create',
        'POST /trpc/recovery.issueLink',
        'POST /trpc/users.resetFactors',
      ]),
    )
  })

  test('no response contains the secret of a second factor, except for the calls that create one', () => {
    const secretsIn = listenFor(found.canaries.filter(({ name }) => name === secretOfFactor))
    const calls = found.answers.filter(({ text }) => secretsIn(text).length > 0).map(({ what }) => what)
    const creating = ['passkeys.register', 'totp.enroll', 'totp.confirm', 'recoveryCodes.regenerate']
    expect(new Set(calls)).toEqual(new Set(creating.map((path) => `POST /trpc/${path}`)))
  })

  test('no response contains an access token, except for the call that creates one', () => {
    const tokens = found.canaries.filter(({ name }) => [shownToken, randomPartOfToken].includes(name))
    expect(tokens).not.toEqual([])
    const secretsIn = listenFor(tokens)
    const calls = found.answers.filter(({ text }) => secretsIn(text).length > 0).map(({ what }) => what)
    expect(new Set(calls)).toEqual(new Set(['POST /trpc/tokens.create']))
  })

  test('no cookie contains the secret of another one', () => {
    const { canaries, answers } = found
    const own = new Map([
      ['session', ['a session token', 'a signature', 'a jti']],
      ['known-device', ['a device cookie']],
      ['passkey-challenge', ['a challenge cookie']],
      ['pending-login', ['a pending log-in']],
      ['oidc-attempt', ['an attempt cookie']],
      // Only cleared: the cookie of a first step is made without a call.
      ['identity-signup', []],
    ])
    const lines = answers.flatMap(({ cookies }) => cookies)
    const named = Map.groupBy(lines, (line) => line.split('=', 1).join(''))
    expect([...named.keys()].toSorted()).toEqual([...own.keys()].toSorted())
    for (const [cookie, set] of named) {
      const secretsIn = listenFor(canaries.filter(({ name }) => !own.get(cookie)?.includes(name)))
      expect([cookie, secretsIn(set.join('\n'))]).toEqual([cookie, []])
    }
  })

  test('no log line at level debug contains a secret', () => {
    expect(found.log).toContain('"level":"debug"')
    expect(listenFor(found.canaries)(found.log)).toEqual([])
  })

  test('no metric contains a secret', () => {
    expect(found.metrics).toContain('procedure="auth.login"')
    expect(listenFor(found.canaries)(found.metrics)).toEqual([])
  })

  test('no column of the database contains a secret that is not its own', () => {
    const { canaries, columns } = found
    const kept = new Set<string>()
    for (const [column, text] of columns) {
      const foreign = canaries.filter((canary) => !canary.kept.includes(column))
      expect([column, listenFor(foreign)(text)]).toEqual([column, []])
      const own = canaries.filter((canary) => canary.kept.includes(column))
      if (listenFor(own)(text).length > 0) kept.add(column)
    }
    // Each secret is in its own columns, which shows that the search works.
    expect(kept).toEqual(new Set(canaries.flatMap((canary) => canary.kept)))
  })

  test('each procedure has succeeded, rejected its input, met a bug and lost the database', () => {
    for (const procedure of paths) {
      const seen = found.answers
        .filter(({ what }) => what.endsWith(`/trpc/${procedure}`))
        .map(({ status }) => status)
      expect([procedure, seen]).toEqual([procedure, expect.arrayContaining([200, 400, 500, 503])])
    }
  })
})

test('canaries: the search finds a secret in every usual encoding', () => {
  const secretsIn = listenFor(typed(typedAs.password))
  for (const disguise of disguises(typedAs.password)) {
    expect(secretsIn(`{"a":"b ${disguise} c"}`)).toEqual([`the password ${typedAs.password}`])
  }
  expect(secretsIn('correct horse bakery')).toEqual([])
})

async function collectFindings(databaseKind: 'sqlite' | 'postgres'): Promise<Findings> {
  await using app = await testApp({
    databaseKind,
    host: { metricsPort: 0 },
    settings: { limits: 'relaxed', authSecrets: [secret] },
  })
  const { passwordScheme } = app.services
  const { hash } = passwordScheme
  const stored: string[] = [passwordScheme.dummy]
  passwordScheme.hash = async (text) => {
    const made = await hash(text)
    stored.push(made)
    return made
  }
  using tap = wireTap()
  const sentSecrets = await driveEveryCall(app)
  app.log.expectErrors()
  const lines = () => app.log.lines.filter(({ msg }) => msg === 'request').length
  // In a hook, whose limit ends this too, expect.poll does not work.
  while (lines() < tap.answers.length) await sleep(10)
  expect(lines()).toBe(tap.answers.length)
  const columns = columnsOf(await everyRow(app.databaseUrl))
  const answers = [...tap.answers]
  return {
    answers,
    metrics: await (await fetch(String(app.metricsUrl))).text(),
    log: app.log.text,
    columns,
    canaries: [
      ...typed(...Object.values(typedAs)),
      ...authSecret(secret),
      ...hashes(stored),
      ...cookieSecrets(answers),
      ...linkSecrets(sentSecrets, answers),
      ...factorSecrets(answers),
      ...accessTokens(answers),
      { name: 'a client secret of a provider', value: exampleProvider.clientSecret, kept: [] },
      {
        name: 'the key of retired user names',
        value: columns.get('retired_username_key.key')?.trim() ?? '',
        kept: ['retired_username_key.key'],
      },
    ],
  }
}

/** @param rows as JSON, by table */
function columnsOf(rows: ReadonlyMap<string, string[]>): Map<string, string> {
  const columns = new Map<string, string>()
  for (const [table, lines] of rows) {
    for (const [name, value] of lines.flatMap((line) => Object.entries(JSON.parse(line)))) {
      const column = `${table}.${name}`
      columns.set(column, `${columns.get(column) ?? ''}${String(value)}\n`)
    }
  }
  return columns
}
