import type { Services } from '@app/router'
import { TestRunner } from 'vitest'
import { leftOut } from './left-out.ts'

/** What a server keeps in its memory. Requests reach other servers, each with its own. */
const inMemory: ReadonlySet<PropertyKey> = new Set<keyof Services>([
  'breachCheck',
  'endedTokens',
  'exports',
  'hashQueue',
  'heavyReads',
  'knownTokens',
  'liveTokens',
  'rateLimits',
  'sessionNews',
  'sessionStreams',
  'sprayDetector',
])

/**
 * Returns the services that a server in the process of the tests shares with those that requests reach: the
 * database, the keys, the settings. A test that uses others, or that replaces a part, is skipped.
 */
export function sharedServices(services: Services): Services {
  const copied = new Set<PropertyKey>()
  const constant = <T extends object>(part: T) => new Proxy(part, { set: (_part, name) => replace(name) })
  const { db, settings, passwordScheme } = services
  const parts: Partial<Services> = {
    db: constant(db),
    settings: constant(settings),
    passwordScheme: constant(passwordScheme),
  }
  return new Proxy(services, {
    // A copy of all services, as `createAdmin` makes one, reads the description of each first.
    getOwnPropertyDescriptor: (target, name) => {
      copied.add(name)
      return Reflect.getOwnPropertyDescriptor(target, name)
    },
    get: (target, name) => {
      if (!copied.delete(name) && inMemory.has(name)) skipTest(`uses ${String(name)} of one process`)
      // Sound: the names of the services, of which `parts` has some.
      const key = name as keyof Services
      return parts[key] ?? target[key]
    },
    set: (_target, name) => replace(name),
  })
}

function replace(name: PropertyKey): never {
  return skipTest(`replaces ${String(name)} of one process`)
}

/** Ends the test that runs if it is left out. */
export function skipIfLeftOut(): void {
  const test = currentTest()
  const why = leftOut.get(`${test?.file.name} > ${test?.name}`)
  if (why !== undefined) skipTest(why)
}

/** Ends the test that runs. @throws Error outside of a test */
export function skipTest(why: string): never {
  const test = currentTest()
  if (test === undefined) throw new Error(`Cannot run through the proxy: ${why}`)
  return test.context.skip(why)
}

/** @returns undefined outside of a test */
function currentTest(): ReturnType<typeof TestRunner.getCurrentTest> | undefined {
  return TestRunner.getCurrentTest()
}
