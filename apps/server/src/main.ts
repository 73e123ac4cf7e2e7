import { hasAdministrator, migrateDatabase, readEnvironment, repositoryRoot } from '@latchkey/router'

import { readConfig, settingNames, type Config } from './config.ts'
import { createApp } from './create-app.ts'
import { shortenPauses } from './short-pauses.ts'
import { startProblem } from './start-problem.ts'
import { stopOnSignals } from './stop-on-signals.ts'

shortenPauses()
let settings: Config | null = null
try {
  const read = readEnvironment(repositoryRoot, process.env, settingNames)
  for (const warning of read.warnings) console.error(warning)
  const { config, problems } = readConfig(read.environment)
  if (config === null || read.problems.length > 0) {
    const all = [...read.problems, ...problems]
    throw new Error(['these settings must be changed:', ...all].join('\n  '))
  }
  settings = config
  await migrateDatabase(config.accounts.databaseUrl)
  const app = await createApp(config)
  const isLookedAfter = await hasAdministrator(app.services.db.read)
  const { url, metricsUrl } = await app.listen()
  stopOnSignals(process, app)
  console.log(`Latchkey is ready on ${url}`)
  if (metricsUrl !== null) console.log(`Metrics are on ${metricsUrl}`)
  if (!isLookedAfter) {
    console.log(
      'No administrator yet. To make one: node tools/pnpm.mjs exec latchkey admin create <username>',
    )
  }
} catch (error) {
  console.error(`Latchkey cannot start: ${startProblem(error, settings)}`)
  if (settings?.logLevel === 'debug') console.error(error)
  process.exit(1)
}
