import { usernames } from './login-timing-usernames.ts'
import { openTimingServer, signUpForTiming } from './timing-server.ts'

// The server of the timing test of log-ins. It signs the users up, and disables some.
const [cost = '10', plant] = process.argv.slice(2)
const server = await openTimingServer(cost, async (config) => {
  await signUpForTiming(config, { usernames: usernames.older, hashCost: Math.max(4, Number(cost) - 2) })
  await signUpForTiming(config, { usernames: [...usernames.known, ...usernames.disabled] })
})
const { db, passwordScheme } = server.services
if (plant === 'no-dummy-hash') {
  const { matches, dummy } = passwordScheme
  passwordScheme.matches = async (password, stored) => stored !== dummy && (await matches(password, stored))
}
await db.write((tx) =>
  tx
    .updateTable('users')
    .set({ disabled_at: Date.now() })
    .where('username', 'in', usernames.disabled)
    .execute(),
)
server.announce()
