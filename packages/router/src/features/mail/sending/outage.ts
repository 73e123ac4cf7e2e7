import type { Services } from '../../../context.ts'
import type { Delivery } from '../transport.ts'
import { countWaitingMails } from './store.ts'

/** Reports when mail stops being delivered, and when it is delivered again: one line each. */
export interface OutageReport {
  observe(delivery: Delivery): Promise<void>
}

export function createOutageReport({ db, log, clock }: Pick<Services, 'db' | 'log' | 'clock'>): OutageReport {
  let since: number | null = null
  return {
    async observe(delivery) {
      if (delivery.status === 'failed' && since === null) {
        since = clock()
        const waiting = (await countWaitingMails(db.read)).reduce((sum, { count }) => sum + count, 0)
        log.warn({ problem: delivery.problem, waiting }, 'mail is not delivered: it waits and is tried again')
      }
      // A refusal is an answer: the mail server works.
      if (delivery.status !== 'failed' && since !== null) {
        log.info({ seconds: Math.round((clock() - since) / 1_000) }, 'mail is delivered again')
        since = null
      }
    },
  }
}
