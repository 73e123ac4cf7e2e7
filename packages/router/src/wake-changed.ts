import type { Context } from './context.ts'

/**
 * Wakes the event streams of the changed users, also those of other processes, and the sender of mails. Call
 * it after the commit, and after a failure too: the call may have written something.
 */
export function wakeChanged({
  changedUserIds,
  sessionStreams,
  sessionNews,
  queuedMailIds,
  outbox,
}: Pick<Context, 'changedUserIds' | 'sessionStreams' | 'sessionNews' | 'queuedMailIds' | 'outbox'>): void {
  for (const userId of changedUserIds) sessionStreams.wake(userId)
  sessionNews.notify(changedUserIds)
  if (queuedMailIds.size > 0) outbox.wake()
}
