// The program of hash-worker-client.test.ts: hashes and does not close the workers.
import { createHashWorkers } from './hash-worker-client.ts'

const workers = createHashWorkers({ threads: 2 })
await Promise.all([workers.hash('text', 4), workers.hash('text', 4), workers.hash('text', 4)])
process.stdout.write('hashed\n')
