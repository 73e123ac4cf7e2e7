// Transfers between accounts, for serial-execution.test.ts. As a program, `node serial-execution.fixture.ts
// <url> <transfers>`, it prints the number of each confirmed transfer.
import { pathToFileURL } from 'node:url'
import type { Database, Reader, Writer } from './database.ts'
import { executeLater } from './execute-later.ts'
import { openDatabase } from './open-database.ts'

export const accounts = ['a', 'b', 'c'] as const
export const openingBalance = 100
const loops = 4

export type Balances = Record<(typeof accounts)[number], number>

/** What a transfer stores about itself. Its number is its place in the order of commits. */
export interface Transfer {
  number: number
  from: keyof Balances
  to: keyof Balances
  amount: number
  /** What it read before it wrote. */
  seen: Balances
}

class Refused extends Error {}

// Balances and numbers are in `created_at`, and transfers in `name`.
function row(id: string, name: string, created_at: number) {
  return { id, username: id, name, name_key: 'x', role: 'user', disabled_at: null, created_at } as const
}

export async function openAccounts(db: Database): Promise<void> {
  const rows = [row('last', '', 0), ...accounts.map((id) => row(id, '', openingBalance))]
  await db.write((tx) => tx.insertInto('users').values(rows).execute())
}

export async function readBalances(db: Reader): Promise<Balances> {
  const rows = await db.selectFrom('users').select(['id', 'created_at']).where('id', 'in', accounts).execute()
  // Sound: `openAccounts` added all of them.
  return Object.fromEntries(rows.map(({ id, created_at }) => [id, created_at])) as Balances
}

export async function readTransfers(db: Reader): Promise<Transfer[]> {
  const rows = await db.selectFrom('users').select('name').where('name', '!=', '').execute()
  const stored = rows.map(({ name }) => JSON.parse(name) as Transfer)
  return stored.toSorted((a, b) => a.number - b.number)
}

/**
 * Makes transfers, several at a time; some are rolled back before or after their writes.
 * @param isExpected checks whether a transfer may fail with this error. Default: with none
 */
export async function makeTransfers(
  db: Database,
  count: number,
  onConfirmed: (number: number) => void,
  isExpected: (error: unknown) => boolean = () => false,
): Promise<void> {
  let left = count
  const keepTransferring = async () => {
    while (left > 0) {
      left -= 1
      try {
        onConfirmed(await db.write(transfer))
      } catch (error) {
        if (!(error instanceof Refused) && !isExpected(error)) throw error
      }
      const total = Object.values(await readBalances(db.read)).reduce((sum, each) => sum + each)
      if (total !== openingBalance * accounts.length) throw new Error(`the balances are ${total} together`)
    }
  }
  await Promise.all(Array.from({ length: loops }, keepTransferring))
}

async function transfer(tx: Writer): Promise<number> {
  const { created_at: last } = await tx
    .selectFrom('users')
    .select('created_at')
    .where('id', '=', 'last')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const seen = await readBalances(tx)
  const [from, to] = accounts.toSorted(() => Math.random() - 0.5)
  if (from === undefined || to === undefined) throw new Error('there are three accounts')
  const amount = 1 + Math.floor(Math.random() * 40)
  if (seen[from] < amount) throw new Refused('before a write')
  await executeLater(tx, setBalance(tx, 'last', last + 1))
  await setBalance(tx, from, seen[from] - amount).execute()
  const half = await readBalances(tx)
  if (half[from] !== seen[from] - amount) throw new Error('a transaction did not see its own write')
  await executeLater(tx, setBalance(tx, to, seen[to] + amount))
  if (Math.random() < 0.2) throw new Refused('after the writes')
  const made: Transfer = { number: last + 1, from, to, amount, seen }
  const stored = row(`transfer${made.number}`, JSON.stringify(made), 0)
  await executeLater(tx, tx.insertInto('users').values(stored))
  return made.number
}

function setBalance(tx: Writer, id: string, created_at: number) {
  return tx.updateTable('users').set({ created_at }).where('id', '=', id)
}

const [, program = '', url = '', count = ''] = process.argv
if (import.meta.url === pathToFileURL(program).href) {
  const db = await openDatabase(url)
  await makeTransfers(db, Number(count), (number) => void process.stdout.write(`${number}\n`))
  await db.close()
}
