import type { UserFactors } from '@app/router'
import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { minuteInUtc } from '../minute-in-utc.ts'
import { parseArguments } from '../parse-arguments.ts'
import { shownLine } from '../shown.ts'

export const usersFactors: Command = {
  name: 'users factors',
  parameters: '<username>',
  summary: 'List the second factors of a user.',
  details: `Prints one line for each, with the times of its creation and last use, and how many
recovery codes are left. It changes nothing.`,
  unseen: null,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['user name'] })
    const [username = ''] = positionals
    const { listUserFactors } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await listUserFactors(services, username)
      if (!outcome.ok) {
        throw new CommandFailed(`There is no account with the user name ${JSON.stringify(username)}.`)
      }
      const { factors, resetAt } = outcome.value
      if (factors.length === 0) console.log(`${outcome.value.username} has no second factor.`)
      for (const factor of factors) console.log(factorLine(factor))
      if (resetAt !== null)
        console.log(`A log-in from ${minuteInUtc(resetAt)} on with the link removes them.`)
    })
  },
}

const kindNames = { totp: 'Authenticator app', passkey: 'Passkey', recovery: 'Recovery codes' } as const

function factorLine({ kind, name, createdAt, lastUsedAt, codesLeft }: UserFactors['factors'][number]) {
  return [
    kindNames[kind],
    ...(name === '' ? [] : [JSON.stringify(shownLine(name))]),
    ...(codesLeft === null ? [] : [`${codesLeft} left`]),
    `created ${minuteInUtc(createdAt)}`,
    lastUsedAt === null ? 'never used' : `last used ${minuteInUtc(lastUsedAt)}`,
  ].join(', ')
}
