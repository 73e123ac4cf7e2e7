import { product } from '@app/contract/product'
import type { Services } from '@app/router'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { outcomesOf } from '../api/call-outcomes.ts'
import { procedureType } from '../api/procedure-type.ts'

/**
 * Metrics of the process. Labels are names from the code, so their number is bounded and they contain no user
 * data.
 */
export interface Metrics {
  /** Counts the calls of each request at its end. */
  count: RequestHandler
  registry: Registry
}

/** Names of metrics have no dashes. */
export const metricsPrefix = product.slug.replaceAll('-', '_')

/** From a database read to the longest wait for a hash. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(services: Pick<Services, 'hashQueue' | 'sprayDetector'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const calls = new Counter({
    name: `${metricsPrefix}_calls_total`,
    help: 'Calls, by procedure and outcome: ok, or the reason of the failure. The procedure "none" is a request that was rejected before its procedure was known.',
    labelNames: ['procedure', 'outcome'] as const,
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

  return {
    registry,
    count: (_request, response, next) => {
      const startedAt = performance.now()
      response.once('close', () => {
        const took = (performance.now() - startedAt) / 1_000
        for (const { path, outcome } of outcomesOf(response)) {
          const type = path === null ? undefined : procedureType(path)
          const procedure = path !== null && type !== undefined ? path : 'none'
          calls.inc({ procedure, outcome })
          if (type === 'query' || type === 'mutation') seconds.observe({ procedure }, took)
        }
      })
      next()
    },
  }
}
