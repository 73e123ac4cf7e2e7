import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { people } from './login-timing-people.ts'
import { callBench } from './sign-up-for-bench.ts'

// The server of the timing test: as `npm start` makes it, but for the hash cost and allowances a thousand
// times as large. It signs the people up, tells the parent its address, and ends when the parent does.
const [cost = '10', plant] = process.argv.slice(2)
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
/** As they would have when that was the cost. */
const signUp = async (usernames: readonly string[], passwordHashCost: number) => {
  const then = await createApp({ ...config, accounts: { ...config.accounts, passwordHashCost } })
  const { port: portThen } = await then.listen()
  for (const username of usernames) {
    const input = signupInput({ username, password: `a stopwatch for ${username}` })
    await callBench(`http://127.0.0.1:${portThen}`, 'auth.signup', input)
  }
  await then.close()
}
await signUp(people.older, Math.max(4, Number(cost) - 2))
await signUp([...people.known, ...people.disabled], Number(cost))
const app = await createApp(config)
const { db, passwordScheme } = app.services
if (plant === 'no-dummy-hash') {
  const { matches, dummy } = passwordScheme
  passwordScheme.matches = async (password, stored) => stored !== dummy && (await matches(password, stored))
}
const { port } = await app.listen()
await db.write((tx) =>
  tx.updateTable('users').set({ disabled_at: Date.now() }).where('username', 'in', people.disabled).execute(),
)
process.send?.(port)
process.once('disconnect', () => void app.close().then(folder.remove))
