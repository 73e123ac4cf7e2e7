import { signupInput } from '@app/contract/testing'
import { expect, test, vi } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { startupError } from '../../src/process/startup-error.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { post } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

async function samples({ metricsUrl }: TestApp): Promise<Map<string, number>> {
  const text = await (await fetch(String(metricsUrl))).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

const calls = (procedure: string, outcome: string) =>
  `${metricsPrefix}_calls_total{procedure="${procedure}",outcome="${outcome}"}`

test('metrics: are served only if METRICS_PORT is set', async () => {
  await using app = await testApp()
  expect(app.metricsUrl).toBe(null)
  expect(await (await fetch(`${app.url}/metrics`)).text()).not.toContain('calls_total')
})

test('metrics: count calls by procedure and outcome, and measure their duration', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  await app.api.auth.signup.mutate(signupInput(ada))
  await Promise.all([app.api.account.me.query(), app.api.account.activity.query({})])
  await post(app.url, 'auth.login', { ...ada, password: 'wrong horse battery' })
  await post(app.url, 'users.everything', {})
  await fetch(`${app.url}/trpc/auth.logout`, { method: 'POST', headers: { origin: 'https://evil.example' } })
  await vi.waitFor(async () => {
    const found = await samples(app)
    expect(Object.fromEntries([...found].filter(([name]) => name.includes('_calls_total')))).toEqual({
      [calls('auth.signup', 'ok')]: 1,
      [calls('account.me', 'ok')]: 1,
      [calls('account.activity', 'ok')]: 1,
      [calls('auth.login', 'INVALID_CREDENTIALS')]: 1,
      [calls('none', 'NO_SUCH_PROCEDURE')]: 1,
      [calls('none', 'CROSS_ORIGIN')]: 1,
    })
    expect(found.get(`${metricsPrefix}_call_duration_seconds_count{procedure="auth.login"}`)).toBe(1)
    expect(found.get(`${metricsPrefix}_call_duration_seconds_count{procedure="none"}`)).toBe(undefined)
  })
})

test('metrics: count running and waiting hashes', async () => {
  await using app = await testApp({ host: { metricsPort: 0 }, settings: { hashConcurrency: 1 } })
  using busy = await occupyHashSlot(app)
  const waiting = app.api.auth.signup.mutate(signupInput(ada))
  await vi.waitFor(async () => {
    const found = await samples(app)
    expect(found.get(`${metricsPrefix}_password_hashes{state="running"}`)).toBe(1)
    expect(found.get(`${metricsPrefix}_password_hashes{state="waiting"}`)).toBe(1)
  })
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
})

test('metrics: a METRICS_PORT in use is named in the error', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const metricsPort = Number(new URL(String(app.metricsUrl)).port)
  const error = await testApp({ host: { metricsPort } }).catch((cause: unknown) => cause)
  expect(startupError(error, { port: 8087, host: '127.0.0.1', metricsPort })).toBe(
    `Port ${metricsPort} is in use. Stop the program that has it, or set METRICS_PORT to another number.`,
  )
})
