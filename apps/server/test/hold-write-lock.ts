// A process of its own for faults-lock.test.ts: takes the write lock of a SQLite file, says so, and keeps it until its input
// ends.
import { DatabaseSync } from 'node:sqlite'

const [, , file = ''] = process.argv
const database = new DatabaseSync(file)
database.exec('begin immediate')
process.stdout.write('locked\n')
process.stdin.resume().on('end', () => database.close())
