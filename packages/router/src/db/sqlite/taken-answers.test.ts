import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import type { Writer } from '../database.ts'

function addUser(tx: Writer, username: string): Promise<unknown> {
  const row = { name: 'x', name_key: 'x', role: 'user', disabled_at: null, created_at: 1 } as const
  return tx
    .insertInto('users')
    .values({ ...row, id: username, username })
    .execute()
}

test('durable write: takes its answer when another write begins to wait, before the next turn', async () => {
  await using test = await testDatabase('sqlite', { durable: true })
  const [began, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const asked = Promise.withResolvers<{ added: Promise<unknown> }>()
  const first = test.db.write(async (tx) => {
    began.resolve()
    await gate.promise
    const added = addUser(tx, 'ada')
    asked.resolve({ added })
    await added
  })
  await began.promise
  // After the turn's messages, and before timers.
  await new Promise((resolve) => void setImmediate(resolve))
  gate.resolve()
  const { added } = await asked.promise
  // Statements are posted in a microtask.
  await Promise.resolve()
  const nextTurn = new Promise((resolve) => void setTimeout(resolve, 1))
  // The thread answers while this one is busy.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  const second = test.db.write((tx) => addUser(tx, 'grace'))
  expect(await Promise.race([added.then(() => 'answered'), nextTurn])).toBe('answered')
  await Promise.all([first, second])
})
