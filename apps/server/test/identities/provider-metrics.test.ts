import { expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { badProvider } from './bad-provider.ts'
import { newBrowser } from './browser.ts'

test('provider metrics: failures are counted by provider and reason, and other names are no labels', async () => {
  await using provider = await badProvider()
  await using app = await testApp({
    host: { metricsPort: 0 },
    settings: { providers: [provider.settings] },
  })
  const attempt = () => newBrowser(app).open('/auth/bad/start')
  provider.misbehaviour = { redirect: { error: 'access_denied' } }
  await attempt()
  provider.misbehaviour = { signature: 'foreign' }
  await attempt()
  await attempt()
  provider.misbehaviour = { redirect: { error: '<img src=x>' } }
  await attempt()
  await newBrowser(app).open('/auth/unknown/start')
  const found = [...(await readMetrics(app))].filter(([name]) => name.includes('provider_failures'))
  const name = (reason: string) =>
    `${metricsPrefix}_provider_failures_total{provider="bad",reason="${reason}"}`
  expect(Object.fromEntries(found)).toEqual({
    [name('cancelled')]: 1,
    [name('invalid')]: 2,
    [name('refused')]: 1,
  })
})
