import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { mails } from '@app/mails'
import type { Services } from '../../../context.ts'
import { DatabaseUnavailable } from '../../../db/database-unavailable.ts'
import { mailTicker } from '../../../ports/interval.ts'
import type { Ticker } from '../../../ports/interval.ts'
import type { Composers } from '../requests.ts'
import type { MailTransport } from '../transport.ts'
import { composeClaimed } from './compose.ts'
import { deliverMail } from './deliver.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createOutageReport } from './outage.ts'
import { createOutcomes } from './outcomes.ts'
import type { Outcomes } from './outcomes.ts'
import { expiredProblem, failed, settle } from './settle.ts'
import { claimMails, hasDueMail } from './store.ts'
import type { OutboxMail } from './store.ts'

export interface MailSender extends Pick<Outcomes, 'counts'> {
  /**
   * Claims no more mails, lets those in progress end for `graceMs`, cuts off the rest and closes the
   * transport. A mail that was cut off is sent again later, with the same Message-ID. Ends at most 3 seconds
   * after the grace. The database must still be open.
   */
  close(graceMs: number): Promise<void>
}

interface SenderOptions {
  transport: MailTransport
  /** Requests of other kinds, as of a newer release, wait. */
  composers: Partial<Composers>
  ticker?: Ticker
}

/** As many as the transport has connections. */
const slots = 4

/**
 * How long other senders leave a claimed mail alone: longer than two waits for the database and the limit of
 * the transport together.
 */
const leaseMs = 120_000

/** How long the end of mails that were cut off is awaited. */
const cutOffMs = 2_000

/**
 * Sends the mails of the outbox, beside the senders of other processes. Woken after each call that queued
 * one, and by a ticker. At most four mails are in progress, and no call waits for any.
 */
export function startMailSender(services: Services, options: SenderOptions): MailSender {
  const { db, clock, log, outbox } = services
  const { transport, composers, ticker = mailTicker } = options
  const kinds = { requestKinds: Object.keys(composers), mailKinds: Object.keys(mails) }
  const inProgress = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const cut = new AbortController()
  const housekeeping = createHousekeeping(services)
  const outage = createOutageReport(services)
  const outcomes = createOutcomes(services, stopping.signal)
  let isWoken = false
  let claiming: Promise<void> | undefined

  function wake(): void {
    isWoken = true
    claiming ??= claimWhileWoken()
  }

  async function claimWhileWoken(): Promise<void> {
    try {
      while (isWoken && !stopping.signal.aborted) {
        isWoken = false
        await claimDue()
      }
    } catch (error) {
      report(error, {})
    } finally {
      claiming = undefined
    }
  }

  async function claimDue(): Promise<void> {
    const limit = slots - inProgress.size
    const due = { ...kinds, now: clock(), except: [...inProgress.keys()] }
    if (limit <= 0 || !(await hasDueMail(db.read, due))) return
    const lease = { claim: randomUUID(), leaseMs, limit }
    for (const row of await db.write((tx) => claimMails(tx, { ...due, ...lease }))) {
      const done = process(row)
        .catch((error: unknown) => report(error, { mailId: row.id, kind: row.kind }))
        .finally(() => {
          inProgress.delete(row.id)
          wake()
        })
      inProgress.set(row.id, done)
    }
  }

  async function process(claimed: OutboxMail): Promise<void> {
    if (claimed.useless_at <= clock()) {
      return outcomes.save(claimed, failed('expired', clock(), claimed.problem ?? expiredProblem))
    }
    const row = claimed.composed === 1 ? claimed : await composeClaimed(services, composers, claimed)
    if (row === null) return
    const delivery = row === 'unreadable' ? row : await deliverMail({ ...outbox, transport }, row, cut.signal)
    const isStopping = stopping.signal.aborted
    const keepsContent = services.mailMode === 'mailbox'
    const stored = row === 'unreadable' ? claimed : row
    await outcomes.save(stored, settle(stored, delivery, { now: clock(), keepsContent, isStopping }))
    if (delivery !== 'unreadable' && !isStopping) await outage.observe(delivery)
  }

  function report(error: unknown, fields: object): void {
    // Calls and /readyz report it. The mail is tried again when its lease ends.
    if (error instanceof DatabaseUnavailable || stopping.signal.aborted) return
    log.error({ ...fields, err: error }, 'the sender of mails failed')
  }

  async function idle(): Promise<void> {
    await claiming
    await Promise.all(inProgress.values())
  }

  outbox.onWake(wake)
  const stopTicker = ticker(() => {
    wake()
    housekeeping().catch((error: unknown) => report(error, {}))
  })
  wake()

  return {
    counts: outcomes.counts,
    async close(graceMs) {
      stopping.abort()
      stopTicker()
      outbox.onWake(() => undefined)
      const ended = idle()
      await withLimit(ended, graceMs)
      cut.abort()
      await withLimit(ended, cutOffMs)
      await transport.close()
    },
  }
}

async function withLimit(work: Promise<void>, limitMs: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([work, sleep(limitMs, undefined, { signal: timer.signal }).catch(() => undefined)])
  timer.abort()
}
