import { product } from '@app/contract/product'
import { hasAdmin, migrateDatabase, operatorCommand, readEnvironment, repositoryRoot } from '@app/router'
import { readConfig, settingNames } from './config/config.ts'
import type { Config } from './config/config.ts'
import { createApp } from './create-app.ts'
import type { AppPorts } from './create-app.ts'
import { mailboxPath } from './mailbox/mailbox-page.ts'
import { checkSealedSecrets } from './process/check-sealed-secrets.ts'
import { collectStartGarbage, setGcFlags } from './process/gc-flags.ts'
import { openStandardOutput } from './process/open-standard-output.ts'
import { startupError } from './process/startup-error.ts'
import { stopOnSignals } from './process/stop-on-signals.ts'
import { warnOfAdminsWithoutFactor } from './process/warn-of-admins.ts'

/**
 * Runs the server: reads the settings, migrates the database, listens, and stops on signals. Exits with 1 if
 * it cannot start.
 */
export async function start(ports: Pick<AppPorts, 'pages'> = {}): Promise<void> {
  setGcFlags()
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
    const output = openStandardOutput(process)
    await migrateDatabase(config.accounts.databaseUrl, {
      onWait: (line) => output.write(`${line}\n`),
    })
    const app = await createApp(config, { ...ports, logTo: output })
    await checkSealedSecrets(app.services)
    await warnOfAdminsWithoutFactor(app.services)
    const adminExists = await hasAdmin(app.services.db.read)
    collectStartGarbage()
    const { url, metricsUrl } = await app.listen()
    stopOnSignals(process, app, output)
    output.write(`${product.name} is ready on ${url}\n`)
    if (app.services.mailMode === 'mailbox') output.write(`Mails are shown on ${url}${mailboxPath}\n`)
    if (metricsUrl !== null) output.write(`Metrics are on ${metricsUrl}\n`)
    if (!adminExists) {
      output.write(`No admin yet. Create one: ${operatorCommand()} admin create <username>\n`)
    }
  } catch (error) {
    console.error(`${product.name} cannot start: ${startupError(error, settings)}`)
    // An error of the code, as in a new migration: the message alone does not name the line.
    const isMistake = error instanceof TypeError || error instanceof ReferenceError
    if (isMistake || settings?.logLevel === 'debug') console.error(error)
    process.exit(1)
  }
}
