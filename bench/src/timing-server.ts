import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import type { App } from '@app/server/create-app'
import { callBench } from './sign-up-for-bench.ts'

interface TimingServer {
  services: App['services']
  /** Sends the port to the parent process. The server ends with that process. */
  announce(): void
}

type TimingConfig = NonNullable<ReturnType<typeof readConfig>['config']>

/**
 * Starts the server of a timing test: like `npm start`, except for the hash cost and allowances that are a
 * thousand times as large.
 * @param prepare makes the test's users before the server starts
 */
export async function openTimingServer(
  cost: string,
  prepare: (config: TimingConfig) => Promise<void>,
): Promise<TimingServer> {
  const folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-timing-'))
  const { config, problems } = readConfig({
    DATABASE_URL: `file:${folder.path}/timing.db`,
    PORT: '0',
    SIGNUP: 'open',
    LIMITS: 'relaxed',
    PASSWORD_HASH_COST: cost,
  })
  if (config === null) throw new Error(problems.join('\n'))
  await migrateDatabase(config.accounts.databaseUrl)
  await prepare(config)
  const app = await createApp(config)
  const { port } = await app.listen()
  const announce = () => {
    process.once('disconnect', () => void app.close().then(folder.remove))
    process.send?.(port)
  }
  return { services: app.services, announce }
}

interface SignUps {
  usernames: readonly string[]
  hashCost?: number
  email?: (username: string) => string
}

/** Signs users up on a temporary server, which may have another hash cost. */
export async function signUpForTiming(config: TimingConfig, { usernames, hashCost, email }: SignUps) {
  const passwordHashCost = hashCost ?? config.accounts.passwordHashCost
  const app = await createApp({ ...config, accounts: { ...config.accounts, passwordHashCost } })
  const { port } = await app.listen()
  for (const username of usernames) {
    const address = email === undefined ? {} : { email: email(username) }
    const input = signupInput({ username, password: `a stopwatch for ${username}`, ...address })
    await callBench(`http://127.0.0.1:${port}`, 'auth.signup', input)
  }
  await app.close()
}
