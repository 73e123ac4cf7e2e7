import { afterAll, afterEach } from 'vitest'
import { undeclaredFailures } from './undeclared-failures.ts'

// Runs before each file of tests: whatever a test is about, an answer with a failure that its procedure does
// not declare fails it.

const looking: Promise<string[]>[] = []
const { fetch } = globalThis

globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    // What breaks off on its way is its test's business.
    const text = response.clone().text()
    looking.push(text.then(undeclaredFailures, () => []))
  }
  return response
}

// Files share their globals: another one's watch would stand on this one.
afterAll(() => {
  globalThis.fetch = fetch
})

afterEach(async () => {
  const undeclared = (await Promise.all(looking.splice(0))).flat()
  if (undeclared.length > 0) throw new Error(`Failures that nobody declared: ${undeclared.join(', ')}`)
})
