import type { Socket } from 'node:net'
import { signupInput } from '@app/contract/testing'
import { missingRedis, openMailServer, startRedis } from '@app/router/testing'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { createMetricsServer } from '../../src/operations/metrics-server.ts'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { closeServer } from '../../src/process/close-server.ts'
import { listen } from '../../src/process/listen.ts'
import { startupError } from '../../src/process/startup-error.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { testLog } from '../../src/testing/test-log.ts'
import { signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { openConnections } from '../support/open-connections.ts'
import { post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

const calls = (procedure: string, outcome: string) =>
  `${metricsPrefix}_calls_total{procedure="${procedure}",outcome="${outcome}"}`

test('metrics: are served only if METRICS_PORT is set', async () => {
  await using app = await testApp()
  expect(app.metricsUrl).toBe(null)
  expect(await (await fetch(`${app.url}/metrics`)).text()).not.toContain('calls_total')
})

test('metrics: their port has at most ten connections, of which five are idle', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const metricsUrl = String(app.metricsUrl)
  const idle = await openConnections(metricsUrl, 30, '127.0.0.1')
  const openIn = (sockets: readonly Socket[]) => sockets.filter(({ closed }) => !closed).length
  await expect.poll(() => openIn(idle)).toBeLessThanOrEqual(5)
  for (const socket of idle) socket.destroy()
  expect((await fetch(metricsUrl)).status).toBe(200)
  const silent = await Promise.all(Array.from({ length: 30 }, () => openRawConnection(metricsUrl)))
  const sockets = silent.map(({ socket }) => socket)
  await expect.poll(() => openIn(sockets)).toBeLessThanOrEqual(10)
  const facts = { level: 'warn', port: 'metrics', limit: 10, msg: 'connections are rejected' }
  expect(app.log.lines).toContainEqual(expect.objectContaining(facts))
  for (const socket of sockets) socket.destroy()
})

test('metrics: a failure to accept a connection does not end the process', async () => {
  const log = testLog()
  const server = createMetricsServer(new Registry(), { headers: {}, log: createLog('info', log) })
  await listen(server, { port: 0, host: '127.0.0.1' })
  server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  expect(log.lines).toMatchObject([{ level: 'warn', code: 'EMFILE', msg: 'connections are rejected' }])
  await closeServer(server, { deadlineMs: 0, lingerMs: 0 })
})

test('metrics: count calls by procedure and outcome, and measure their duration', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  await app.api.auth.signup.mutate(signupInput(ada))
  await Promise.all([app.api.account.me.query(), app.api.account.activity.query({})])
  await post(app.url, 'auth.login', { ...ada, password: 'wrong horse battery' })
  await post(app.url, 'users.everything', {})
  await fetch(`${app.url}/trpc/auth.logout`, { method: 'POST', headers: { origin: 'https://evil.example' } })
  const counted = async () =>
    Object.fromEntries([...(await readMetrics(app))].filter(([name]) => name.includes('_calls_total')))
  await expect.poll(counted).toEqual({
    [calls('auth.signup', 'ok')]: 1,
    [calls('account.me', 'ok')]: 1,
    [calls('account.activity', 'ok')]: 1,
    [calls('auth.login', 'INVALID_CREDENTIALS')]: 1,
    [calls('none', 'NO_SUCH_PROCEDURE')]: 1,
    [calls('none', 'CROSS_ORIGIN')]: 1,
  })
  const found = await readMetrics(app)
  expect(found.get(`${metricsPrefix}_call_duration_seconds_count{procedure="auth.login"}`)).toBe(1)
  expect(found.get(`${metricsPrefix}_call_duration_seconds_count{procedure="none"}`)).toBe(undefined)
})

test('metrics: count mails that wait and tries to send them', async () => {
  await using mailServer = await openMailServer()
  mailServer.rejectRecipients('450 4.2.1 Later')
  const settings = mailSettings(mailServer)
  await using app = await testApp({ host: { metricsPort: 0 }, settings })
  const user = await signUp(app, 'ada')
  await verifyAddress(app, user.id, 'ada@example.org')
  await app.api.recovery.request.mutate({ identifier: 'ada' })
  const measured = async () => {
    const found = [...(await readMetrics(app))]
    const ofMails = found.filter(([name]) => name.startsWith(`${metricsPrefix}_mail`))
    return Object.fromEntries(ofMails.map(([name, value]) => [name.slice(metricsPrefix.length + 1), value]))
  }
  const tries = (outcome: string) => `mail_tries_total{kind="recovery",outcome="${outcome}"}`
  await expect.poll(measured).toMatchObject({ [tries('retried')]: 1 })
  app.clock.advance(12_000)
  expect(await measured()).toMatchObject({
    'mails_waiting{kind="recovery",state="failed"}': 1,
    mails_oldest_waiting_seconds: 12,
  })
  mailServer.acceptRecipients()
  app.mailTicker.tick()
  await expect
    .poll(measured)
    .toEqual({ [tries('retried')]: 1, [tries('sent')]: 1, mails_oldest_waiting_seconds: 0 })
})

test('metrics: count running and waiting hashes', async () => {
  await using app = await testApp({ host: { metricsPort: 0 }, settings: { hashConcurrency: 1 } })
  using busy = await occupyHashSlot(app)
  const waiting = app.api.auth.signup.mutate(signupInput(ada))
  const hashes = async () => {
    const found = await readMetrics(app)
    return ['running', 'waiting'].map((state) =>
      found.get(`${metricsPrefix}_password_hashes{state="${state}"}`),
    )
  }
  await expect.poll(hashes).toEqual([1, 1])
  busy[Symbol.dispose]()
  await waiting
})

test('metrics: have one address and are read-only', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const at = String(app.metricsUrl)
  expect(new URL(at).hostname).toBe('127.0.0.1')
  expect((await fetch(at)).headers.get('content-type')).toMatch(/^text\/plain; version=/)
  expect((await fetch(at, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${at}/more`)).status).toBe(404)
  // Every address of 127.0.0.0/8 is of this machine. A port that is open on all of them would answer.
  await expect(fetch(at.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow('fetch failed')
})

test('metrics: a METRICS_PORT in use is named in the error', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const metricsPort = Number(new URL(String(app.metricsUrl)).port)
  const error = await testApp({ host: { metricsPort } }).catch((cause: unknown) => cause)
  expect(startupError(error, { port: 8087, host: '127.0.0.1', metricsPort })).toBe(
    `Port ${metricsPort} is in use. Stop the program that has it, or set METRICS_PORT to another number.`,
  )
})

test.skipIf(missingRedis() !== '')(`metrics: report a lost LIMITS_STORE${missingRedis()}`, async () => {
  await using redis = await startRedis()
  await using app = await testApp({
    host: { metricsPort: 0 },
    settings: { limitsStore: redis.url, limits: 'relaxed' },
  })
  const store = async () => {
    await app.api.recovery.request.mutate({ identifier: 'ada' })
    const found = await readMetrics(app)
    return ['available', 'losses_total'].map((name) => found.get(`${metricsPrefix}_limits_store_${name}`))
  }
  // A machine that is too busy to answer in 100 ms loses it, too, and finds it again.
  await expect.poll(async () => (await store())[0]).toBe(1)
  await redis.kill()
  await expect.poll(store).toEqual([0, expect.any(Number)])
  expect((await store())[1]).toBeGreaterThan(0)
})
