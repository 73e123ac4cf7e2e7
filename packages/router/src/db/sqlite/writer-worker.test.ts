import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import { executeLater } from '../execute-later.ts'
import { WriterWorkerClient } from './writer-worker-client.ts'

const sleeping = new Int32Array(new SharedArrayBuffer(4))

/** Blocks this thread. @returns for how long it did */
function sleep(ms: number): number {
  const began = performance.now()
  Atomics.wait(sleeping, 0, 0, ms)
  return performance.now() - began
}

/** Tries as a process does whose writer waits. @returns whether it got the lock, and how often it tried */
function tryToLock(other: BetterSqlite.Database): { hasLocked: boolean; tries: number } {
  const givesUpAt = performance.now() + 20
  let tries = 0
  while (performance.now() < givesUpAt) {
    tries += 1
    try {
      other.exec('begin immediate')
      other.exec('rollback')
      return { hasLocked: true, tries }
    } catch {
      sleep(0.25)
    }
  }
  return { hasLocked: false, tries }
}

test('durable write: leaves the lock to another process between queued writers', async ({ skip }) => {
  await using test = await testDatabase('sqlite')
  const file = test.url.slice('file:'.length)
  const options = { file, access: 'write', durable: true, foreignKeys: true, checkpointPages: 1_000 } as const
  const client = new WriterWorkerClient(options)
  const other = new BetterSqlite(file, { timeout: 0 })
  let [turns, rounds] = [0, 0]
  await client.run({ begins: true, statements: [] })
  for (let round = 0; round < 160 && rounds < 40; round += 1) {
    const commit = client.run({ statements: [], ends: 'commit' })
    const next = client.run({ begins: true, statements: [] })
    // The message with both is sent when this step ends.
    await Promise.resolve()
    const { hasLocked, tries } = tryToLock(other)
    if (hasLocked) turns += 1
    // On a busy machine this thread wakes too rarely to meet a pause.
    if (hasLocked || tries > 30) rounds += 1
    await commit
    await next
  }
  other.close()
  await client.close()
  if (rounds < 40) skip('the machine is too busy to measure pauses of less than a millisecond')
  // About every second round, and without a pause 0 to 5 of 40.
  expect(turns).toBeGreaterThan(10)
})

test('durable write: the wait for the lock of another process does not count as part of the turn', async ({
  skip,
}) => {
  await using test = await testDatabase('sqlite')
  const file = test.url.slice('file:'.length)
  const options = {
    file,
    access: 'write',
    durable: false,
    foreignKeys: true,
    checkpointPages: 1_000,
  } as const
  const client = new WriterWorkerClient(options)
  const other = new BetterSqlite(file, { timeout: 0 })
  other.exec('create table commits (count integer); insert into commits values (0)')
  const count = other.prepare<[], number>('select count from commits').pluck()
  const begin = { begins: true, statements: [] } as const
  // Takes so long that the lock is hardly ever free.
  const work =
    'with recursive n(x) as (select 1 union all select x + 1 from n where x < 3000) select max(x) from n'
  const commit = {
    statements: [work, 'update commits set count = count + 1'].map((sql) => ({ sql, parameters: [] })),
    ends: 'commit',
  } as const
  // Starts the thread.
  await Promise.all([client.run(begin), client.run(commit)])
  const commitsOfTurns: number[] = []
  for (let round = 0; round < 60 && commitsOfTurns.length < 11; round += 1) {
    other.exec('begin immediate')
    const before = count.get() ?? 0
    // One message, so that the transactions of the thread wait for no other thread.
    const runs = Array.from({ length: 100 }, () => [client.run(begin), client.run(commit)])
    await Promise.resolve()
    // Longer than a turn, and shorter than the thread waits.
    const waitedMs = sleep(17)
    other.exec('rollback')
    const givesUpAt = performance.now() + 1_000
    while (count.get() === before && performance.now() < givesUpAt) sleep(0.1)
    tryToLock(other)
    const commits = (count.get() ?? 0) - before
    // On a busy machine this thread may sleep for longer than the other one waits.
    if (waitedMs < 19 && commits > 0) commitsOfTurns.push(commits)
    await Promise.allSettled(runs.flat())
  }
  other.close()
  await client.close()
  if (commitsOfTurns.length < 11) skip('the machine is too busy to measure turns of milliseconds')
  const upperQuartile = commitsOfTurns.toSorted((one, next) => next - one)[3]
  // Always 1 if the wait counts as a turn.
  expect(upperQuartile).toBeGreaterThan(1)
})

test('durable write: a value that cannot be sent fails its transaction, and not the next', async () => {
  await using test = await testDatabase('sqlite', { durable: true })
  const unsendable = test.db.write((tx) =>
    executeLater(tx, tx.deleteFrom('users').where('id', '=', Symbol('id') as never)),
  )
  const next = test.db.write((tx) => executeLater(tx, tx.deleteFrom('users')))
  await expect(unsendable).rejects.toThrow(/could not be cloned/)
  await next
})
