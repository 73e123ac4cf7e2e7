import type { TestApp } from '../../src/testing/test-app.ts'
import { queuedMails } from './queued-mails.ts'

/** Returns the notices that `work` queues. */
export async function noticesOf(app: TestApp, work: () => Promise<unknown>) {
  const before = new Set((await queuedMails(app)).map(({ id }) => id))
  await work()
  const queued = (await queuedMails(app)).filter(({ id }) => !before.has(id))
  return queued.filter(({ kind }) => kind === 'notice').map(({ request }) => request)
}
