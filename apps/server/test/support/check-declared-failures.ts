import { afterAll, afterEach } from 'vitest'
import { restProcedure } from '../../src/rest/find-route.ts'
import { undeclaredFailures } from './undeclared-failures.ts'

// Runs before each test file. A response with a failure that its procedure does not declare fails the test.

const looking: Promise<string[]>[] = []
const { fetch } = globalThis

globalThis.fetch = async (input, init) => {
  const response = await fetch(input, init)
  // Not the answers that a server under test gets, as from a provider of identities.
  const { pathname } = new URL(response.url || 'http://none.invalid/')
  const type = response.headers.get('content-type') ?? ''
  const isCall = pathname.startsWith('/trpc/') && type.startsWith('application/json')
  const isProblem = pathname.startsWith('/api/v1/') && type === 'application/problem+json'
  if (isCall || isProblem) {
    // Aborted responses are left to their tests.
    const text = response.clone().text()
    const path = restProcedure(init?.method ?? 'GET', pathname)
    const look = isCall ? undeclaredFailures : (json: string) => undeclaredFailures(asCall(json, path))
    looking.push(text.then(look, () => []))
  }
  return response
}

/** Writes a problem as the response of a failed call under /trpc. */
function asCall(json: string, path: string | undefined): string {
  const failure: unknown = json === '' ? {} : JSON.parse(json)
  return JSON.stringify({ error: { data: { path, failure } } })
}

// Test files share globals, so this one restores them.
afterAll(() => {
  globalThis.fetch = fetch
})

afterEach(async () => {
  const undeclared = (await Promise.all(looking.splice(0))).flat()
  if (undeclared.length > 0) throw new Error(`Undeclared failures: ${undeclared.join(', ')}`)
})
