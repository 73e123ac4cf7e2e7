import { useAccountOptions } from './use-account-options.ts'

/** The page of a development server with the mails that it would send. Not a page of this app. */
const mailboxPath = '/dev/mailbox'

/** Shows where mails are on a development server, which sends none. Empty on others. */
export function MailboxLink() {
  if (useAccountOptions()?.mail !== 'mailbox') return null
  return (
    <p>
      This is a development server: <a href={mailboxPath}>read its mails here</a>.
    </p>
  )
}
