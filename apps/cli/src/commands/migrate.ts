import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const migrate: Command = {
  name: 'migrate',
  parameters: '',
  summary: 'Migrate the database to this version.',
  details: `Runs the migrations that the database (DATABASE_URL) lacks: all of them or, when one fails, none.
It is safe to run it twice, and while the server runs.`,
  async run(args) {
    parseArguments(args, { options: {}, positionals: [] })
    const { migrateFirst } = await import('../migrate-first.ts')
    const { readSettings } = await import('../read-settings.ts')
    const names = await migrateFirst(readSettings().accounts.databaseUrl)
    console.log(
      names.length === 0 ? 'The database is up to date.' : names.map((name) => `Ran ${name}.`).join('\n'),
    )
  },
}
