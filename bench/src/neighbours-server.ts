// Runs the server from its sources, on the database of the first argument, with a few thousand users. It
// sends its port to the parent process, fills each account that it receives, replies to `usage` with the
// resources that it has used, and ends with the parent.
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { setGcFlags } from '@app/server/gc-flags'
import { addOthers, fillAccount } from './neighbours-fill.ts'

export interface ServerUsage {
  maxRssMb: number
  cpuMicros: number
}

export interface AccountToFill {
  username: string
  isAdmin: boolean
}

const [, , databaseUrl = '', noteCount = '120', userCount = '3000'] = process.argv

setGcFlags()
const { config, problems } = readConfig({
  DATABASE_URL: databaseUrl,
  AUTH_SECRETS: 'a secret for this benchmark only',
  PORT: '0',
  SIGNUP: 'open',
  PASSWORD_HASH_COST: '4',
  LOG_LEVEL: 'warn',
})
if (config === null) throw new Error(problems.join('\n'))

await migrateDatabase(config.accounts.databaseUrl)
const app = await createApp(config)
await addOthers(app.services.db, Number(userCount))
const { port } = await app.listen()
process.on('message', (message: 'usage' | AccountToFill) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage()
    const maxRssMb = process.resourceUsage().maxRSS / 1_024
    return void process.send?.({ maxRssMb, cpuMicros: user + system } satisfies ServerUsage)
  }
  const { username, isAdmin } = message
  const options = { notes: Number(noteCount), isAdmin }
  void fillAccount(app.services.db, username, options).then((filled) => process.send?.(filled))
})
process.once('disconnect', () => {
  void app.close()
})
process.send?.(port)
