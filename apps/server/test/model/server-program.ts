// Runs in its own process for other-process-server.ts: one server at a time, on a clock that the parent sets.
import type { TestApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import type { TestClock } from '../../src/testing/test-clock.ts'
import { openServer } from './open-server.ts'
import type { Answer, Order } from './other-process-server.ts'

let app: TestApp | undefined
let clock: TestClock | undefined

async function obey(order: Order): Promise<Answer> {
  switch (order.do) {
    case 'open':
      clock = testClock(order.now)
      app = await openServer(order.databaseUrl, clock)
      return { url: app.url }
    case 'advance':
      clock?.advance(order.ms)
      return {}
    case 'close':
      await app?.[Symbol.asyncDispose]()
      app = undefined
      return {}
  }
}

process.on('message', (order: Order) => {
  void obey(order)
    .catch((error: unknown): Answer => ({ problem: String(error) }))
    .then((answer) => process.send?.(answer))
})
process.on('disconnect', () => process.exit())
