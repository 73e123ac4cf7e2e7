import { expect, test } from 'vitest'
import { addUser, testDatabase } from '../../testing/index.ts'
import type { Database } from '../database.ts'

/** Keeps this thread busy while a statement runs in the other one, and then begins another write. */
async function writeBesideAnswer(db: Database, busyMs: number): Promise<'answered' | 'late'> {
  const [began, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const asked = Promise.withResolvers<{ added: Promise<unknown> }>()
  const first = db.write(async (tx) => {
    began.resolve()
    await gate.promise
    const added = addUser(tx, `first-${busyMs}`)
    asked.resolve({ added })
    await added
  })
  await began.promise
  // Continues after this turn's messages and before its timers.
  await new Promise((resolve) => void setImmediate(resolve))
  gate.resolve()
  const { added } = await asked.promise
  const nextTurn = new Promise<'late'>((resolve) => void setTimeout(() => resolve('late'), 1))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, busyMs)
  const second = db.write((tx) => addUser(tx, `second-${busyMs}`))
  const came = await Promise.race([added.then(() => 'answered' as const), nextTurn])
  await Promise.all([first, second])
  return came
}

test('durable write: takes its answer when another write begins to wait, before the next turn', async () => {
  await using test = await testDatabase('sqlite', { durable: true })
  // On a busy machine the answer may take long.
  for (const busyMs of [100, 1_000, 10_000])
    if ((await writeBesideAnswer(test.db, busyMs)) === 'answered') return
  expect.unreachable('The answer came in the next turn.')
})
