// A process of its own for hash-workers.test.ts: hashes and forgets to close.
import { createHashThreads } from './hash-threads.ts'

const threads = createHashThreads({ threads: 2 })
await Promise.all([threads.hash('text', 4), threads.hash('text', 4), threads.hash('text', 4)])
process.stdout.write('hashed\n')
