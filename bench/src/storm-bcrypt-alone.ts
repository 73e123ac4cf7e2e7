// Measures the hashes per second of a number of threads on an otherwise idle machine.
import { createHashWorkers } from '@app/router'

const [, , threads = '1', cost = '12', seconds = '3'] = process.argv
const hashing = createHashWorkers({ threads: Number(threads), niceness: 0 })
const stored = await hashing.hash('text', Number(cost))
let made = 0
const begun = performance.now()
const endsAt = begun + Number(seconds) * 1_000
await Promise.all(Array.from({ length: Number(threads) }, compareUntilEnd))
process.send?.(made / ((performance.now() - begun) / 1_000))
await hashing.close()

async function compareUntilEnd(): Promise<void> {
  while (performance.now() < endsAt) {
    await hashing.compare('text', stored)
    made += 1
  }
}
