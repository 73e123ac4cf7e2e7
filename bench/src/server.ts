import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { setGcFlags } from '@app/server/gc-flags'
import { openStandardOutput } from '@app/server/open-standard-output'
import { initTRPC } from '@trpc/server'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import { Router } from 'express'

// Runs the server of `npm start` from its sources, with the empty procedure and route for comparison on the
// same server. They take the same steps, and get the same headers and log line. It sends its port to the
// parent process and ends with it.
setGcFlags()
const folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-bench-'))
const { config, problems } = readConfig({
  DATABASE_URL: `file:${folder.path}/bench.db`,
  PORT: '0',
  SIGNUP: 'open',
  // One session makes the queries of a minute in a second.
  LIMITS: 'relaxed',
})
if (config === null) throw new Error(problems.join('\n'))

const t = initTRPC.create()
const routes = Router()
// As every response of a call.
routes.use('/bench', (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store')
  next()
})
routes.use(
  '/bench/trpc',
  createExpressMiddleware({ router: t.router({ empty: t.procedure.query(() => null) }) }),
)
routes.get('/bench/route', (_request, response) => void response.json(null))
routes.get('/bench/cpu', (_request, response) => void response.json(process.cpuUsage()))

await migrateDatabase(config.accounts.databaseUrl)
const app = await createApp(config, { routes, logTo: openStandardOutput(process) })
const { port } = await app.listen()
process.send?.(port)
process.once('disconnect', () => void app.close().then(folder.remove))
