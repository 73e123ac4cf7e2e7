import { product } from '@app/contract/product'
import { bearerCredentials } from '@app/router'
import type { Services } from '@app/router'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { authorizationOf } from '../api/authorization.ts'
import { outcomesOf } from '../api/call-outcomes.ts'
import { procedureType } from '../api/procedure-type.ts'
import { atEnd } from '../http/at-end.ts'
import type { Step } from '../http/steps.ts'

/**
 * Metrics of the process. Labels are names from the code and the settings, so their number is bounded and
 * they contain no user data.
 */
export interface Metrics {
  /** Counts the calls of each request at its end. */
  count: Step
  registry: Registry
}

/** Names of metrics have no dashes. */
export const metricsPrefix = product.slug.replaceAll('-', '_')

/** From a database read to the longest wait for a hash. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(
  services: Pick<Services, 'hashQueue' | 'sprayDetector' | 'breachCheck' | 'rateLimits' | 'providers'>,
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const calls = new Counter({
    name: `${metricsPrefix}_calls_total`,
    help: 'Calls, by procedure and outcome: ok, or the reason of the failure. The procedure "none" is a request that was rejected before its procedure was known.',
    labelNames: ['procedure', 'outcome'] as const,
    registers,
  })
  const callsByToken = new Counter({
    name: `${metricsPrefix}_token_calls_total`,
    help: 'Calls with an access token, by outcome. They are in the calls too.',
    labelNames: ['outcome'] as const,
    registers,
  })
  const seconds = new Histogram({
    name: `${metricsPrefix}_call_duration_seconds`,
    help: 'How long the request of a call took; the calls of a batch share it. Without streams.',
    labelNames: ['procedure'] as const,
    buckets: secondsBuckets,
    registers,
  })
  new Gauge({
    name: `${metricsPrefix}_password_hashes`,
    help: 'Password hashes that run, and callers that wait for one.',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const { running, waiting } = services.hashQueue.load()
      this.set({ state: 'running' }, running)
      this.set({ state: 'waiting' }, waiting)
    },
  })
  new Gauge({
    name: `${metricsPrefix}_accounts_failing_to_log_in`,
    help: 'Accounts and names whose last log-in of ten minutes failed.',
    registers,
    collect() {
      this.set(services.sprayDetector.failingAccounts)
    },
  })
  new Counter({
    name: `${metricsPrefix}_password_spraying_reports_total`,
    help: 'Periods of ten minutes in which too many accounts failed to log in.',
    registers,
    collect() {
      this.reset()
      this.inc(services.sprayDetector.reports)
    },
  })
  new Counter({
    name: `${metricsPrefix}_breach_checks_total`,
    help: 'New passwords for which BREACH_CHECK_URL is asked, by result: breached, unknown, or why there is no answer.',
    labelNames: ['result'] as const,
    registers,
    collect() {
      this.reset()
      for (const [result, count] of services.breachCheck.results) this.inc({ result }, count)
    },
  })
  new Counter({
    name: `${metricsPrefix}_provider_failures_total`,
    help: 'Log-ins and links that a provider of outside identities did not prove, by reason.',
    labelNames: ['provider', 'reason'] as const,
    registers,
    collect() {
      this.reset()
      for (const [provider, { failures }] of services.providers)
        for (const [reason, count] of failures) this.inc({ provider, reason }, count)
    },
  })
  if (services.rateLimits.shared !== null) addStoreMetrics(registers, services.rateLimits.shared)

  return {
    registry,
    count: (request, response, next) => {
      const startedAt = performance.now()
      atEnd(response, () => {
        const took = (performance.now() - startedAt) / 1_000
        const isByToken = bearerCredentials(authorizationOf(request)) !== null
        for (const { path, outcome } of outcomesOf(response)) {
          const type = path === null ? undefined : procedureType(path)
          const procedure = path !== null && type !== undefined ? path : 'none'
          calls.inc({ procedure, outcome })
          if (isByToken) callsByToken.inc({ outcome })
          if (type === 'query' || type === 'mutation') seconds.observe({ procedure }, took)
        }
      })
      next()
    },
  }
}

function addStoreMetrics(registers: Registry[], shared: NonNullable<Services['rateLimits']['shared']>): void {
  new Gauge({
    name: `${metricsPrefix}_limits_store_available`,
    help: '1 while LIMITS_STORE answers; 0 while this process counts its limits alone.',
    registers,
    collect() {
      this.set(shared.isLost ? 0 : 1)
    },
  })
  new Counter({
    name: `${metricsPrefix}_limits_store_losses_total`,
    help: 'How often LIMITS_STORE stopped answering.',
    registers,
    collect() {
      this.reset()
      this.inc(shared.losses)
    },
  })
}
