import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import type { Order } from './server-processes.ts'
import { sharedClock } from './shared-clock.ts'
import type { SharedClock } from './shared-clock.ts'
import { sharedLog } from './shared-log.ts'

// A process with the servers of the tests that run at present. The process that started it sends the orders.

const apps = new Map<string, { app: TestApp; clock: SharedClock }>()

async function perform(order: Order): Promise<void> {
  if (order.kind === 'open') {
    const { options, clockFile, logFile } = order
    using begun = new DisposableStack()
    const clock = begun.use(sharedClock(clockFile))
    const app = await testApp({ ...options, clock, log: sharedLog(logFile), sharesNews: true })
    apps.set(order.app, { app, clock })
    begun.move()
    return
  }
  const opened = apps.get(order.app)
  if (order.kind === 'tick') opened?.app[order.ticker].tick()
  else {
    apps.delete(order.app)
    using _clock = opened?.clock
    // Without a check of the log, which the test does.
    await opened?.app.close(order.deadlineMs)
  }
}

process.on('message', ({ id, order }: { id: number; order: Order }) => {
  perform(order).then(
    () => process.send?.({ id }),
    (error: unknown) => process.send?.({ id, problem: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
