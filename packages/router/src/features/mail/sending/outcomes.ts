import { setTimeout as sleep } from 'node:timers/promises'
import type { Services } from '../../../context.ts'
import { DatabaseUnavailable } from '../../../db/database-unavailable.ts'
import type { MailOutcome, Settled } from './settle.ts'
import { saveClaimed } from './store.ts'
import type { OutboxMail } from './store.ts'

export interface MailCount {
  kind: string
  outcome: MailOutcome
  count: number
}

/** Stores, counts and logs what becomes of mails. */
export interface Outcomes {
  /**
   * Stores an outcome, also on a full disk. Waits for a database that does not answer, for a minute: a sent
   * mail whose outcome is lost is sent again.
   * @throws DatabaseUnavailable
   */
  save(row: OutboxMail, settled: Settled): Promise<void>
  /** Of this process, since its start. */
  counts(): MailCount[]
}

const retryMs = 1_000
const patienceMs = 60_000

/** @param stopping when it aborts, `save` does not wait any more */
export function createOutcomes({ db, log }: Pick<Services, 'db' | 'log'>, stopping: AbortSignal): Outcomes {
  const counts = new Map<string, MailCount>()

  async function store(row: OutboxMail, { changes }: Settled): Promise<void> {
    const giveUpAt = performance.now() + patienceMs
    for (;;) {
      try {
        await db.writeFromReserve((tx) => saveClaimed(tx, row, changes))
        return
      } catch (error) {
        const isOver = stopping.aborted || performance.now() > giveUpAt
        if (!(error instanceof DatabaseUnavailable) || isOver) throw error
        await sleep(retryMs, undefined, { signal: stopping }).catch(() => undefined)
      }
    }
  }

  return {
    async save(row, settled) {
      await store(row, settled)
      const { outcome, changes } = settled
      const key = `${row.kind} ${outcome}`
      counts.set(key, { kind: row.kind, outcome, count: (counts.get(key)?.count ?? 0) + 1 })
      if (outcome === 'retried') return
      const fields = { mailId: row.id, kind: row.kind, attempts: row.attempts }
      if (outcome === 'sent') log.info(fields, 'a mail was sent')
      else log.warn({ ...fields, problem: changes.problem }, 'a mail was given up')
    },
    counts: () => [...counts.values()],
  }
}
