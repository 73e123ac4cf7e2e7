import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Outbox } from './outbox.ts'
import type { MailRequestKind, MailRequests } from './requests.ts'
import { insertMail } from './store.ts'

export interface QueueDeps {
  clock: Clock
  outbox: Outbox
  /** Collects the id, so that the sender is woken after the commit. Commands of the operator have none. */
  queuedMailIds?: Set<string>
}

/** How long a request is of use. The mail that is composed from it has its own end. */
const usefulMs = 24 * 3_600_000

/**
 * Queues a mail in the transaction of its cause, so that neither exists without the other. It is composed and
 * sent after the commit, by the sender of any server process. The caller checks `mailMode` first.
 */
export async function queueMail<K extends MailRequestKind>(
  tx: Writer,
  { clock, outbox, queuedMailIds }: QueueDeps,
  kind: K,
  request: MailRequests[K],
): Promise<void> {
  const now = clock()
  const id = newId(now)
  queuedMailIds?.add(id)
  await insertMail(tx, {
    id,
    kind,
    composed: 0,
    sealed: outbox.sealer.seal(JSON.stringify(request), [id]),
    created_at: now,
    useless_at: now + usefulMs,
    attempts: 0,
    next_at: now,
  })
}
