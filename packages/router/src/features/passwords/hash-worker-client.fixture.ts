// A process of its own for hash-worker-client.test.ts: hashes and forgets to close.
import { createHashWorkers } from './hash-worker-client.ts'

const workers = createHashWorkers({ threads: 2 })
await Promise.all([workers.hash('text', 4), workers.hash('text', 4), workers.hash('text', 4)])
process.stdout.write('hashed\n')
