import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { minuteInUtc } from '../minute-in-utc.ts'
import { parseArguments } from '../parse-arguments.ts'

export const recoveryLink: Command = {
  name: 'recovery link',
  parameters: '<username>',
  summary: 'Create a link with which a user who lost the password chooses a new one.',
  details: `Check first whom you talk to: the link opens the account. It works once, for 24 hours,
and replaces an older one. It is printed once. The owner sees the event, and gets a mail
where the server sends mail. The password does not change until the link is used.`,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['user name'] })
    const [username = ''] = positionals
    const { issueRecoveryLink } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await issueRecoveryLink(services, username)
      if (!outcome.ok) {
        throw new CommandFailed(`There is no account named ${JSON.stringify(username)}, or it is disabled.`)
      }
      const { link, expiresAt } = outcome.value
      console.log(link)
      console.error(`It works once, until ${minuteInUtc(expiresAt)}.`)
    })
  },
}
