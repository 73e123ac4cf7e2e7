import { migrateDatabase, repositoryRoot } from '@latchkey/router'

import { readConfig, type Config } from './config.ts'
import { createApp, type App } from './create-app.ts'
import { readEnvironment } from './read-environment.ts'
import { startProblem } from './start-problem.ts'
import { stopOnSignals } from './stop-on-signals.ts'

const { config, problems } = readConfig(readEnvironment(repositoryRoot, process.env))
if (config === null) {
  console.error(['Latchkey cannot start with these settings:', ...problems].join('\n  '))
  process.exit(1)
}

const app = await start(config)
stopOnSignals(process, app)

async function start(settings: Config): Promise<App> {
  try {
    await migrateDatabase(settings.accounts.databaseUrl)
    const started = await createApp(settings)
    const url = await started.listen()
    console.log(`Latchkey is ready on ${url}`)
    console.log(
      'The first administrator is made by: node tools/pnpm.mjs exec latchkey admin create <username>',
    )
    return started
  } catch (error) {
    const problem = startProblem(error, settings)
    if (problem === null) throw error
    console.error(`Latchkey cannot start: ${problem}`)
    return process.exit(1)
  }
}
