import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const mailTest: Command = {
  name: 'mail test',
  parameters: '<address>',
  summary: 'Send a test mail, and say what is wrong if it fails.',
  details: `Sends one mail with the settings of the server (SMTP_URL, MAIL_FROM) and waits for the
answer of the mail server, for at most 30 seconds. Needs no database.`,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['address'] })
    const [address = ''] = positionals
    const { sendTestMail } = await import('@app/router')
    const { readSettings } = await import('../read-settings.ts')
    const { accounts } = readSettings()
    const delivery = await sendTestMail(accounts, address)
    if (delivery.status !== 'sent') throw new CommandFailed(delivery.problem)
    console.log(`The mail server accepted the mail to ${address}.`)
    console.error(
      `If it does not arrive, look for it among the spam, and for a report at ${accounts.mailFrom?.address}.`,
    )
  },
}
