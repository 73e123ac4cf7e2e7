import { countWaitingMails } from '@app/router'
import type { MailSender, Services } from '@app/router'
import { Counter, Gauge } from 'prom-client'
import type { Registry } from 'prom-client'

/**
 * Adds the metrics of mail. What waits is read from the database, so all processes report the same; outcomes
 * are those of this process.
 * @param counts of the sender, if this server sends mail
 */
export function addMailMetrics(
  { registry, prefix }: { registry: Registry; prefix: string },
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  counts: () => ReturnType<MailSender['counts']>,
): void {
  const registers = [registry]
  // Without the database the other metrics are reported all the same.
  const readWaiting = () => countWaitingMails(db.read).catch(() => [])
  new Gauge({
    name: `${prefix}_mails_oldest_waiting_seconds`,
    help: 'How long the oldest mail waits; 0 without one.',
    registers,
    async collect() {
      const now = clock()
      const oldestAt = Math.min(now, ...(await readWaiting()).map((mails) => mails.oldestAt))
      this.set((now - oldestAt) / 1_000)
    },
  })
  new Gauge({
    name: `${prefix}_mails_waiting`,
    help: 'Mails that wait, at most 10,000. The state "new" was not tried yet, "failed" was tried in vain.',
    labelNames: ['kind', 'state'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { kind, isRetried, count } of await readWaiting()) {
        this.set({ kind, state: isRetried ? 'failed' : 'new' }, count)
      }
    },
  })
  new Counter({
    name: `${prefix}_mail_tries_total`,
    help: 'Tries to send a mail, by outcome: sent, retried (it waits for the next try), refused by the mail server for good, expired before it could be sent, unreadable without its secret.',
    labelNames: ['kind', 'outcome'] as const,
    registers,
    collect() {
      this.reset()
      for (const { kind, outcome, count } of counts()) this.inc({ kind, outcome }, count)
    },
  })
}
