import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const reset: Command = {
  name: 'reset',
  parameters: '--yes',
  summary: 'Delete all data, for development.',
  details: `Deletes all tables of the database (DATABASE_URL), also those of a newer version, and creates them again.
Stop the server first. Fails if other machines can reach the server or its database.

Options:
  --yes  Delete the data. Without it the command only names the database.`,
  async run(args) {
    const { values } = parseArguments(args, { options: { yes: { type: 'boolean' } }, positionals: [] })
    const { describeDatabase, repositoryRoot, resetDatabase } = await import('@app/router')
    const { readDevelopmentSettings } = await import('../read-development-settings.ts')
    const { databaseUrl } = readDevelopmentSettings()
    const database = describeDatabase(databaseUrl, repositoryRoot)
    if (values.yes !== true) {
      throw new CommandFailed(
        `This deletes all accounts and all other data in ${database}. Repeat it with --yes.`,
      )
    }
    const migrations = await resetDatabase(databaseUrl)
    console.log(`Deleted all data in ${database}, and ran ${migrations.length} migrations.`)
  },
}
