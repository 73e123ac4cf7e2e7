import type { FailureTexts } from '@app/contract'
import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { askNewPassword } from '../prompt.ts'
import { readPassword } from '../read-password.ts'

const texts: FailureTexts = {
  USERNAME_TAKEN: () =>
    'This user name is taken, or belonged to a closed account. Choose another one. To make an existing user an admin, open the Users page. To use the name of a closed account, add --reuse-name.',
  BUSY: ({ retryAfterSeconds }) =>
    `Too many passwords are being hashed. Try again in ${retryAfterSeconds} s, or raise HASH_QUEUE.`,
}

export const adminCreate: Command = {
  name: 'admin create',
  parameters: '<username> [--password-stdin] [--reuse-name]',
  summary: 'Create an admin.',
  details: `Asks for the password twice, on a terminal, and does not show it.

Options:
  --password-stdin  Read the password from standard input; one line break at its end does not count.
  --reuse-name      Allow the user name of a closed account. Users who knew its owner may mistake the new account for it.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      options: { 'password-stdin': { type: 'boolean' }, 'reuse-name': { type: 'boolean' } },
      positionals: ['user name'],
    })
    const [username = ''] = positionals
    const password = values['password-stdin'] === true ? readPassword : askNewPassword
    const { createAdmin } = await import('@app/router')
    const { failureText } = await import('@app/contract')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await createAdmin(services, {
        username,
        password,
        reusesName: values['reuse-name'] === true,
      })
      if (outcome.ok) console.log(`Created the admin ${outcome.value.username}.`)
      else throw new CommandFailed(failureText(outcome.failure, texts))
    })
  },
}
