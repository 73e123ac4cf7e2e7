import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { failure, post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { composeRecoveryMails, verifyAddress } from '../support/recovery-mails.ts'
import { inParallel, tally } from '../support/server-pair.ts'

/** Users of every kind, and what they type. */
async function everyKindOfAccount(app: TestApp) {
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const dee = await signUp(app, 'dee')
  await verifyAddress(app, dee.id, 'dee@example.org')
  await root.api.users.setDisabled.mutate({ id: dee.id, disabled: true })
  const bob = await signUp(app, 'bob', { email: 'bob@example.org' })
  return { ada, bob, dee }
}

const reachable = ['ada', 'ADA', ' ada@example.org', 'Ada@EXAMPLE.org']
const unreachable = [
  // An address that was not verified, and its account.
  'bob',
  'bob@example.org',
  // A disabled account.
  'dee',
  'dee@example.org',
  'root',
  'unknown',
  'unknown@example.org',
  ' ',
  password,
  'ada@example.org, eve@example.org',
  'ada@example.org\r\nBcc: eve@example.org',
  `ada' or 1=1 --`,
]

describeOnEach('recovery request', (databaseKind) => {
  test('recovery request: does the same for every text, and mails only verified addresses', async () => {
    await using app = await testApp({ databaseKind })
    const { ada, bob, dee } = await everyKindOfAccount(app)
    const before = await auditRows(app)
    const written = new Set<string>()
    const answers = new Set<string>()
    for (const identifier of [...reachable, ...unreachable]) {
      app.clock.advance(1)
      const rows = await app.services.db.read.selectFrom('outbox_mails').select('id').execute()
      const { status, text, cookies } = await post(app.url, 'recovery.request', { identifier })
      answers.add(JSON.stringify({ status, text, cookies }))
      const queued = (await queuedMails(app)).filter(({ id }) => !rows.some((row) => row.id === id))
      written.add(queued.map(({ kind, request }) => [kind, ...Object.keys(request)].join(' ')).join())
    }
    expect([...answers]).toEqual(['{"status":200,"text":"{\\"result\\":{\\"data\\":{}}}","cookies":[]}'])
    expect([...written]).toEqual(['recovery identifier cause'])
    // The request itself looks up nothing, so it records nothing.
    expect(await auditRows(app)).toEqual(before)

    const mails = await composeRecoveryMails(app)
    expect(mails.map((mail) => mail?.to ?? null)).toEqual([
      ...reachable.map(() => 'ada@example.org'),
      ...unreachable.map(() => null),
    ])
    const events = (await auditRows(app)).slice(before.length)
    expect(events.map(({ event }) => event)).toEqual(mails.map(() => 'recovery-requested'))
    const subjects = (id: string) => events.filter(({ subject }) => subject === id).length
    expect([subjects(ada.id), subjects(bob.id), subjects(dee.id)]).toEqual([4, 1, 2])
    const unknown = events.filter(({ subject }) => subject === null)
    expect(unknown).toHaveLength(8)
    for (const { detail } of unknown) {
      expect(JSON.parse(detail ?? '')).toEqual({ identifier: expect.stringMatching(/^[\w-]{43}$/) })
    }
  })
})

test('recovery request: 100 at once for one address queue 30, and only the last link works', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const outcomes = await inParallel(
    () => failure(app.newClient().recovery.request.mutate({ identifier: 'ada@example.org' })),
    100,
  )
  const { points } = rateLimits.mailRequestsPerAddress
  expect(tally(outcomes)).toEqual({ ok: points, RATE_LIMITED: 100 - points })
  const mails = await composeRecoveryMails(app)
  expect(mails).toHaveLength(points)
  const secrets = mails.map((mail) => String(Object(mail?.data).link).split('#')[1] ?? '')
  const works: boolean[] = []
  for (const secret of secrets) {
    works.push((await failure(app.newClient().recovery.inspect.mutate({ secret }))) === undefined)
  }
  expect(works).toEqual(secrets.map((_, index) => index === points - 1))
})

test('recovery request: all addresses of a network together have a limit', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  app.services.mailMode = 'smtp'
  const { points } = rateLimits.mailRequestsPerNetwork
  const perAddress = rateLimits.mailRequestsPerAddress.points
  const statuses: number[] = []
  for (let index = 0; index <= points; index += 1) {
    const address = `198.51.100.${Math.floor(index / perAddress)}`
    statuses.push((await post(app.url, 'recovery.request', { identifier: 'x' }, undefined, address)).status)
  }
  expect(statuses.lastIndexOf(200)).toBe(points - 1)
  expect(statuses.at(-1)).toBe(429)
})

test('recovery request: the headers of an attacker do not reach the link', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const send = async (host: string) => {
    using connection = await openRawConnection(app.url)
    const body = '{"identifier":"ada"}'
    connection.send(
      [
        'POST /trpc/recovery.request HTTP/1.1',
        `Host: ${host}`,
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
        'Forwarded: host=evil.example;proto=https',
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    )
    return (await connection.rest()).slice(9, 12)
  }
  const { host, port } = new URL(app.url)
  expect(await send('evil.example')).toBe('421')
  expect(await send(host)).toBe('200')
  const mails = await composeRecoveryMails(app)
  expect(mails).toHaveLength(1)
  const { origin } = new URL(String(Object(mails[0]?.data).link))
  expect(origin).toBe(`http://localhost:${port}`)
})
