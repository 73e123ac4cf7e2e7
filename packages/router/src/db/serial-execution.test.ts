import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'
import {
  makeTransfers,
  openAccounts,
  openingBalance,
  readBalances,
  readTransfers,
} from './serial-execution.fixture.ts'
import type { Balances } from './serial-execution.fixture.ts'

const fixture = fileURLToPath(new URL('./serial-execution.fixture.ts', import.meta.url))
const transfers = 100

/** The errors of a transaction whose thread ended during a statement, and between two statements. */
const threadLost = /The thread that writes to .* ended\.|was ended by an earlier failure\./

/** Makes transfers in another process. @returns the numbers of the confirmed ones */
async function transfersOfProcess(url: string, { killAfter = Infinity } = {}): Promise<number[]> {
  // A process to kill does not end before.
  const count = killAfter === Infinity ? transfers : transfers * 1_000
  const child = spawn(process.execPath, [fixture, url, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const confirmed: number[] = []
  for await (const line of createInterface(child.stdout)) {
    confirmed.push(Number(line))
    if (confirmed.length === killAfter) child.kill('SIGKILL')
  }
  const [code] = await ended
  expect(code).toBe(killAfter === Infinity ? 0 : null)
  return confirmed
}

describeOnEach('concurrent writes', (kind) => {
  test('write: transactions of three processes, one of them killed, have the results of a serial execution', async () => {
    const workers: Worker[] = []
    const note = (worker: Worker) => void workers.push(worker)
    process.on('worker', note)
    await using test = await testDatabase(kind, { durable: true })
    await openAccounts(test.db)
    const own: number[] = []
    const confirmed = await Promise.all([
      transfersOfProcess(test.url),
      transfersOfProcess(test.url, { killAfter: transfers / 4 }),
      makeTransfers(
        test.db,
        transfers,
        (number) => {
          own.push(number)
          // On SQLite the writer's thread is lost too.
          if (own.length % 25 === 0) void workers.at(-1)?.terminate()
        },
        (error) => workers.length > 0 && threadLost.test(String(error)),
      ).then(() => own),
    ])
    process.off('worker', note)

    const stored = await readTransfers(test.db.read)
    expect(stored.map(({ number }) => number)).toEqual(stored.map((_, index) => index + 1))
    expect(stored.map(({ number }) => number)).toEqual(expect.arrayContaining(confirmed.flat()))
    const balances: Balances = { a: openingBalance, b: openingBalance, c: openingBalance }
    for (const { number, from, to, amount, seen } of stored) {
      expect({ number, seen }).toEqual({ number, seen: balances })
      balances[from] -= amount
      balances[to] += amount
    }
    expect(await readBalances(test.db.read)).toEqual(balances)
  })
})
