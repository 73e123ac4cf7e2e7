// Runs in its own process for lock.test.ts: takes the write lock of a SQLite file, prints `locked`, and keeps
// the lock until its input ends. Then it prints the longest delay of its own event loop in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'

const [, , file = ''] = process.argv
const database = new DatabaseSync(file, { timeout: 5_000 })
database.exec('begin immediate')
process.stdout.write('locked\n')
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
process.stdin.resume().on('end', () => {
  database.close()
  process.stdout.write(`${delay.max / 1e6}\n`)
})
