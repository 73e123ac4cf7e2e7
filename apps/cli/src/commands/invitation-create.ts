import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { minuteInUtc } from '../minute-in-utc.ts'
import { parseArguments } from '../parse-arguments.ts'

export const invitationCreate: Command = {
  name: 'invitation create',
  parameters: '[--email <address>]',
  summary: 'Create a link with which one new user can sign up.',
  details: `The link works once, for 7 days. It is printed once.

Options:
  --email <address>  Only the owner of this address can use it. The server mails the
                     link to the address; where it sends no mail, the link is printed
                     and the address must be entered at sign-up.`,
  async run(args) {
    const { values } = parseArguments(args, { options: { email: { type: 'string' } }, positionals: [] })
    const { invite } = await import('@app/router')
    const { failureText } = await import('@app/contract/failure-text')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const outcome = await invite(services, { email: values.email })
      if (!outcome.ok) throw new CommandFailed(failureText(outcome.failure))
      const { link, expiresAt } = outcome.value
      console.log(
        link ??
          (services.mailMode === 'mailbox'
            ? `SMTP_URL is not set, so the server shows the mail to ${values.email} at ${services.publicUrl()}/dev/mailbox.`
            : `The server mails the link to ${values.email}.`),
      )
      console.error(`It works once, until ${minuteInUtc(expiresAt)}.`)
    })
  },
}
