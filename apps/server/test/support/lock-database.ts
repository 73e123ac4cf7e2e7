// A process of its own for lock.test.ts: takes the write lock of a SQLite file, says so, and keeps it until
// its input ends. At the end it says how many milliseconds it had to wait for the processor itself, at most.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'

const [, , file = ''] = process.argv
const database = new DatabaseSync(file)
database.exec('begin immediate')
process.stdout.write('locked\n')
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
process.stdin.resume().on('end', () => {
  database.close()
  process.stdout.write(`${delay.max / 1e6}\n`)
})
