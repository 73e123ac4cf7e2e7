import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { usernames } from './login-timing-usernames.ts'
import { callBench } from './sign-up-for-bench.ts'

// The server of the timing test: like `npm start`, except for the hash cost and allowances that are a
// thousand times as large. It signs the users up, sends its port to the parent process, and ends with it.
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
/** Signs users up on a server with this hash cost. */
const signUp = async (names: readonly string[], passwordHashCost: number) => {
  const earlier = await createApp({ ...config, accounts: { ...config.accounts, passwordHashCost } })
  const { port: earlierPort } = await earlier.listen()
  for (const username of names) {
    const input = signupInput({ username, password: `a stopwatch for ${username}` })
    await callBench(`http://127.0.0.1:${earlierPort}`, 'auth.signup', input)
  }
  await earlier.close()
}
await signUp(usernames.older, Math.max(4, Number(cost) - 2))
await signUp([...usernames.known, ...usernames.disabled], Number(cost))
const app = await createApp(config)
const { db, passwordScheme } = app.services
if (plant === 'no-dummy-hash') {
  const { matches, dummy } = passwordScheme
  passwordScheme.matches = async (password, stored) => stored !== dummy && (await matches(password, stored))
}
const { port } = await app.listen()
await db.write((tx) =>
  tx
    .updateTable('users')
    .set({ disabled_at: Date.now() })
    .where('username', 'in', usernames.disabled)
    .execute(),
)
process.send?.(port)
process.once('disconnect', () => void app.close().then(folder.remove))
