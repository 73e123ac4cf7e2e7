import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { minuteInUtc } from '../minute-in-utc.ts'
import { ownCommand } from '../own-command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const usersResetFactors: Command = {
  name: 'users reset-factors',
  parameters: '<username>',
  summary: 'Remove the second factors of a user who lost them all.',
  details: `Check first whom you talk to. It prints a link, once, and replaces an older one. Hand it over in
person. After FACTOR_RESET_DELAY (default: 24h), and for a week, a log-in with the link removes all
second factors and recovery codes, and ends all sessions. The owner sees the event, gets a mail where
the server sends mail, and can cancel it. So does a log-in with a second factor.`,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['user name'] })
    const [username = ''] = positionals
    const { requestFactorReset } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await requestFactorReset(services, username)
      if (!outcome.ok) {
        throw new CommandFailed(
          `There is no account named ${JSON.stringify(username)}, or it is disabled, has no second factor, or logs in by passkey only. To see the factors: ${ownCommand()} users factors <username>`,
        )
      }
      const { username: found, link, effectiveAt, expiresAt } = outcome.value
      console.log(link)
      console.error(
        `A log-in of ${found} with it removes all second factors, once, from ${minuteInUtc(effectiveAt)} until ${minuteInUtc(expiresAt)}.`,
      )
    })
  },
}
