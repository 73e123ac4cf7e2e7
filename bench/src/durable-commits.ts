// Measures the cost of durable commits on SQLite for the thread that serves requests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { migrateDatabase } from '@app/router'
import { percentile } from './figures.ts'
import { openDb } from './open-db.ts'
import type { Db } from './open-db.ts'

const { values } = parseArgs({ options: { commits: { type: 'string', default: '500' } } })
const commits = Number(values.commits)
let notes = 0

const folder = mkdtempSync(path.join(tmpdir(), 'app-bench-'))
try {
  const databaseUrl = `file:${path.join(folder, 'app.db')}`
  await migrateDatabase(databaseUrl)
  const db = await openDb(databaseUrl)
  await addUser(db)
  await run(db, 'writers: 1, no reads', { writers: 1, readers: 0 })
  await run(db, 'writers: 1, readers: 4', { writers: 1, readers: 4 })
  await run(db, 'writers: 16, no reads', { writers: 16, readers: 0 })
  await run(db, 'writers: 16, readers: 4', { writers: 16, readers: 4 })
  await db.close()
} finally {
  rmSync(folder, { recursive: true })
}

async function run(
  db: Db,
  name: string,
  { writers, readers }: { writers: number; readers: number },
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const readMs: number[] = []
  let isOver = false
  let left = commits
  const write = async () => {
    while (left > 0) {
      left -= 1
      await transact(db)
    }
  }
  // One read in each turn of the event loop, like incoming requests: no read may block the loop.
  const read = async () => {
    while (!isOver) {
      const begun = performance.now()
      await turn()
      await db.read.selectFrom('users').select('username').where('id', '=', 'ada').execute()
      readMs.push(performance.now() - begun)
    }
  }
  // It measures from one turn of the loop to the next, so a loop that stays blocked has no measurement.
  delay.enable()
  await sleep(5)
  const begun = performance.now()
  const reading = Promise.all(Array.from({ length: readers }, read))
  await Promise.all(Array.from({ length: writers }, write))
  const tookMs = performance.now() - begun
  isOver = true
  await reading
  await sleep(5)
  delay.disable()
  const reads = Float64Array.from(readMs).toSorted()
  const facts = [
    `${((commits / tookMs) * 1000).toFixed(0)} commits/s`,
    `loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} max ${(delay.max / 1e6).toFixed(1)} ms`,
    ...(readers === 0
      ? []
      : [
          `${((reads.length / tookMs) * 1000).toFixed(0)} reads/s`,
          `read p50 ${percentile(reads, 0.5).toFixed(2)} p99 ${percentile(reads, 0.99).toFixed(2)} ms`,
        ]),
  ]
  console.log(`${name.padEnd(24)} ${facts.join(', ')}`)
}

function addUser(db: Db): Promise<unknown> {
  const row = { username: 'ada', name: 'Ada', name_key: 'ada', role: 'user', disabled_at: null } as const
  return db.write((tx) =>
    tx
      .insertInto('users')
      .values({ ...row, id: 'ada', created_at: 1 })
      .execute(),
  )
}

/** Writes as much as a request does: a read, a row and an audit event. */
function transact(db: Db): Promise<unknown> {
  notes += 1
  const id = `note ${notes}`
  return db.write(async (tx) => {
    await tx.selectFrom('users').select('role').where('id', '=', 'ada').execute()
    const body = 'x'.repeat(200)
    const times = { created_at: notes, updated_at: notes }
    await tx
      .insertInto('notes')
      .values({
        id,
        user_id: 'ada',
        title: id,
        preview: '',
        body,
        search_key: id,
        bytes: 200,
        revision: 1,
        ...times,
      })
      .execute()
    const noContext = { ip: null, user_agent: null, request_id: null, detail: null }
    await tx
      .insertInto('audit_events')
      .values({
        id,
        at: notes,
        event: 'login',
        actor_kind: 'user',
        actor_id: 'ada',
        subject: 'ada',
        ...noContext,
      })
      .execute()
  })
}
