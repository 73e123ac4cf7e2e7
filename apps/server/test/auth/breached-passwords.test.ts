import { hash } from 'node:crypto'
import { signupInput } from '@app/contract/testing'
import { describeOnEach, rangeService } from '@app/router/testing'
import { expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestAppOptions } from '../../src/testing/test-app.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }
const leaked = 'a password of many'
const breached = { reason: 'PASSWORD_REJECTED', why: 'breached' }
const warning = 'new passwords were not checked for known breaches'

const asking = (
  { url }: { url: string },
  { settings, ...more }: TestAppOptions = {},
): Promise<Awaited<ReturnType<typeof testApp>>> =>
  testApp({ ...more, settings: { ...settings, breachCheckUrl: url } })

describeOnEach('breached passwords', (databaseKind) => {
  test('are rejected at sign-up, change and reset', async () => {
    await using service = await rangeService({ leaked: { [leaked]: 12 } })
    await using app = await asking(service, { databaseKind })
    expect(await failure(app.api.auth.signup.mutate(signupInput({ ...ada, password: leaked })))).toEqual(
      breached,
    )
    await app.api.auth.signup.mutate(signupInput(ada))
    const change = { currentPassword: ada.password, newPassword: leaked }
    expect(await failure(app.api.account.changePassword.mutate(change))).toEqual(breached)
    const reset = { secret: await newRecoverySecret(app), newPassword: leaked }
    expect(await failure(app.api.recovery.reset.mutate(reset))).toEqual(breached)
    expect(await failure(app.newClient().auth.login.mutate({ ...ada, password: leaked }))).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
  })

  test('wait for the service without a transaction or a hash slot', async () => {
    const [asked, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await using service = await rangeService({
      respond: (response, lines) => {
        asked.resolve()
        void held.promise.then(() => response.end(lines))
      },
    })
    await using app = await asking(service, { databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
    await using other = await testApp({
      databaseUrl: app.databaseUrl,
      settings: { hashConcurrency: 1, hashQueue: 0 },
    })
    const waiting = app.api.auth.signup.mutate(signupInput(ada))
    await asked.promise
    expect(app.services.hashQueue.load()).toEqual({ running: 0, waiting: 0 })
    // It writes while the first one waits.
    await other.api.auth.signup.mutate(signupInput({ ...ada, username: 'grace' }))
    held.resolve()
    expect(await waiting).toMatchObject({ status: 'signed-in' })
  })
})

test('breached passwords: the service is not asked about a password that is rejected without it', async () => {
  await using service = await rangeService()
  await using app = await asking(service)
  for (const password of ['password1', '--ada2026--', 'short']) {
    await failure(app.api.auth.signup.mutate(signupInput({ ...ada, password })))
  }
  expect(service.requests).toEqual([])
})

test('breached passwords: a log-in is not checked', async () => {
  await using service = await rangeService()
  await using app = await asking(service)
  await app.api.auth.signup.mutate(signupInput(ada))
  await app.newClient().auth.login.mutate(ada)
  expect(service.requests).toHaveLength(1)
})

test('breached passwords: a service that is down lets sign-ups through, with one warning and a count', async () => {
  await using service = await rangeService({ respond: (response) => response.writeHead(503).end() })
  await using app = await asking(service, { host: { metricsPort: 0 } })
  for (const username of ['ada', 'grace']) {
    await app.newClient().auth.signup.mutate(signupInput({ username, password: leaked }))
  }
  expect(app.log.lines.filter(({ msg }) => msg === warning)).toEqual([
    expect.objectContaining({ level: 'warn', reason: 'status', passwords: 1 }),
  ])
  const metrics = await (await fetch(String(app.metricsUrl))).text()
  expect(metrics).toContain(`${metricsPrefix}_breach_checks_total{result="status"} 2\n`)
})

test('breached passwords: a service that hangs delays a sign-up and does not stop it', async () => {
  await using service = await rangeService({ respond: () => undefined })
  await using app = await asking(service)
  expect(await app.api.auth.signup.mutate(signupInput(ada))).toMatchObject({ status: 'signed-in' })
  expect(app.log.lines).toContainEqual(expect.objectContaining({ msg: warning, reason: 'timeout' }))
})

test('breached passwords: neither password nor hash is logged, and five digits leave the server', async () => {
  await using service = await rangeService({ leaked: { [leaked]: 1 } })
  await using app = await asking(service)
  await failure(app.api.auth.signup.mutate(signupInput({ ...ada, password: leaked })))
  await service[Symbol.asyncDispose]()
  await app.api.auth.signup.mutate(signupInput({ ...ada, password: leaked }))
  const sha1 = hash('sha1', leaked).toUpperCase()
  expect(service.requests.map(({ path }) => path)).toEqual([`/range/${sha1.slice(0, 5)}`])
  expect(app.log.text).toContain(warning)
  for (const secret of [leaked, sha1.slice(0, 5), sha1.slice(5)]) {
    expect(app.log.text.toUpperCase()).not.toContain(secret.toUpperCase())
  }
})
