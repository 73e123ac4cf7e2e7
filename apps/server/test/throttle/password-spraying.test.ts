import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { auditRows } from '../support/audit-rows.ts'
import { post } from '../support/raw-call.ts'

describeOnEach('password spraying', (databaseKind) => {
  test('records one event, one warning and a metric for 30 guesses at 30 names from 30 addresses', async () => {
    await using app = await testApp({ databaseKind, host: { trustProxy: 1, metricsPort: 0 } })
    for (let index = 0; index < 30; index += 1) {
      const guess = { username: `person-${index}`, password: 'Winter2026!' }
      await post(app.url, 'auth.login', guess, undefined, `198.51.${index}.1`)
    }
    const events = (await auditRows(app)).filter(({ event }) => event === 'password-spraying')
    expect(events).toMatchObject([{ actor_kind: 'anonymous', subject: null, ip: null }])
    expect(JSON.parse(events[0]?.detail ?? '{}')).toEqual({ accounts: 20, addresses: 20 })
    const warnings = app.log.lines.filter(({ msg }) => msg === 'password spraying suspected')
    expect(warnings).toMatchObject([{ level: 'warn', accounts: 20, addresses: 20 }])
    expect(app.log.text).not.toContain('person-')
    const metrics = await (await fetch(app.metricsUrl ?? '')).text()
    expect(metrics).toMatch(new RegExp(`^${metricsPrefix}_accounts_failing_to_log_in 30$`, 'm'))
    expect(metrics).toMatch(new RegExp(`^${metricsPrefix}_password_spraying_reports_total 1$`, 'm'))
  })
})
