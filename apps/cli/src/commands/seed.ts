import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { ownCommand } from '../own-command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { readPassword } from '../read-password.ts'

export const seed: Command = {
  name: 'seed',
  parameters: '[--password-stdin]',
  summary: 'Fill an empty database with users, their data and events, for development.',
  details: `Creates accounts with the events of a month: sign-ups, log-ins and changes by admins. Prints their password.
Fails if there are accounts, or if other machines can reach the server or its database.

Options:
  --password-stdin  Read the password of all accounts from standard input, instead of generating one.`,
  async run(args) {
    const options = { 'password-stdin': { type: 'boolean' } } as const
    const { values } = parseArguments(args, { options, positionals: [] })
    const { readDevelopmentSettings } = await import('../read-development-settings.ts')
    const settings = readDevelopmentSettings()
    const { seedDatabase } = await import('../seed/seed-database.ts')
    const { migrateFirst } = await import('../migrate-first.ts')
    await migrateFirst(settings.databaseUrl)
    const given = values['password-stdin'] === true ? await readPassword() : undefined
    const made = await seedDatabase(settings, given)
    if (made === null)
      throw new CommandFailed(`There are accounts already. To delete them: ${ownCommand()} reset --yes`)
    console.log(`Created ${made.users} accounts. ${made.admin} is an admin.`)
    if (given === undefined) console.log(`The password of all accounts: ${made.password}`)
  },
}
