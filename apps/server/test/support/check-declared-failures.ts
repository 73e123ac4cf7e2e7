import { afterAll, afterEach } from 'vitest'
import { undeclaredFailures } from './undeclared-failures.ts'

// Runs before each test file. A response with a failure that its procedure does not declare fails the test.

const looking: Promise<string[]>[] = []
const { fetch } = globalThis

globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.headers.get('content-type')?.startsWith('application/json')) {
    // Aborted responses are left to their tests.
    const text = response.clone().text()
    looking.push(text.then(undeclaredFailures, () => []))
  }
  return response
}

// Test files share globals, so this one restores them.
afterAll(() => {
  globalThis.fetch = fetch
})

afterEach(async () => {
  const undeclared = (await Promise.all(looking.splice(0))).flat()
  if (undeclared.length > 0) throw new Error(`Undeclared failures: ${undeclared.join(', ')}`)
})
