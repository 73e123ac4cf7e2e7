import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const adminUnlock: Command = {
  name: 'admin unlock',
  parameters: '<username>',
  summary: 'End the lockout of an account after too many wrong passwords.',
  details: `Clears all counts of failed passwords of the account.
Its password and its sessions do not change.`,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['user name'] })
    const [username = ''] = positionals
    const { unlockAccount } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await unlockAccount(services, username)
      if (outcome.ok) console.log(`Unlocked ${outcome.value.username}.`)
      else throw new CommandFailed(`There is no account with the user name ${JSON.stringify(username)}.`)
    })
  },
}
