import { once } from 'node:events'
import {
  countAdminsWithoutFactor,
  countSealedSecrets,
  createAdmin,
  hasAdmin,
  migrateDatabase,
} from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { setGcFlags } from '@app/server/gc-flags'
import { authSecret } from './growth-database.ts'

// Starts the server from its sources on the database of the first argument, and sends the port and what the
// start took to its parent process. Then it creates the admin. Every password is right and no hash is
// computed, no commit waits for the disk, and no mail is sent: what is left is the work that might grow.
setGcFlags()
const [, , url = ''] = process.argv
const { config, problems } = readConfig({
  DATABASE_URL: url,
  AUTH_SECRETS: authSecret,
  PORT: '0',
  SIGNUP: 'open',
  LIMITS: 'relaxed',
})
if (config === null) throw new Error(problems.join('\n'))
const begun = { ms: performance.now(), cpu: process.cpuUsage() }
await migrateDatabase(url)
const app = await createApp(config, {
  hasher: { hash: async () => `$2b$12$${'a'.repeat(53)}`, compare: async () => true },
  mailTicker: 'never',
  database: { durable: false },
})
const { read } = app.services.db
await countSealedSecrets(app.services)
await countAdminsWithoutFactor(read)
await hasAdmin(read)
const { port } = await app.listen()
const { user, system } = process.cpuUsage(begun.cpu)
process.send?.({ port, ms: performance.now() - begun.ms, cpuMs: (user + system) / 1_000 })
await once(process, 'message')
await createAdmin(app.services, { username: 'bench-admin', password: async () => 'a stopwatch and a lock' })
process.send?.('created')
process.once('disconnect', () => void app.close(0))
