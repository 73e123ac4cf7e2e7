import { createAdministrator } from '@latchkey/router'
import { testDatabase } from '@latchkey/router/testing'

import { testApp, type TestApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import type { Door } from './command.ts'

/** Two servers with one database and one clock. */
export interface Servers extends AsyncDisposable {
  url(door: Door): string
  /** Stops a server as a signal does, and starts another one in its place. */
  restart(door: Door): Promise<void>
  advance(seconds: number): void
}

/** Tokens count in whole seconds, so the clock stands on one. */
const start = Date.UTC(2030, 0, 1)

const sessionTimeouts = {
  idleMs: 3_600_000,
  absoluteMs: 2 * 3_600_000,
  rememberedIdleMs: 14 * 24 * 3_600_000,
  rememberedAbsoluteMs: 30 * 24 * 3_600_000,
}

/** Their database has one account, the administrator root, and nobody is signed in. */
export async function startServers(kind: 'sqlite' | 'postgres', rootPassword: string): Promise<Servers> {
  const clock = testClock(start)
  const database = await testDatabase(kind)
  const open = () =>
    testApp({
      databaseUrl: database.url,
      clock,
      settings: { limits: 'relaxed', sessionTimeouts },
      host: { logLevel: 'error' },
      database: { poolSize: 1 },
    })
  const apps: Record<Door, TestApp> = { 1: await open(), 2: await open() }
  const made = await createAdministrator(apps[1].services, {
    username: 'root',
    password: async () => rootPassword,
  })
  if (!made.ok) throw new Error(made.failure.reason)
  return {
    url: (door) => apps[door].url,
    restart: async (door) => {
      await apps[door][Symbol.asyncDispose]()
      apps[door] = await open()
    },
    advance: (seconds) => clock.advance(seconds * 1_000),
    async [Symbol.asyncDispose]() {
      await apps[2][Symbol.asyncDispose]()
      await apps[1][Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** An instant of the wire as the model counts time: seconds since the start. */
export function instantOf(text: string): number {
  return (Date.parse(text) - start) / 1_000
}
