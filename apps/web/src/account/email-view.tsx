import type { Self } from '@app/contract'
import { Contact } from '../auth/contact.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { Card } from '../components/card.tsx'
import { Stack } from '../components/stack.tsx'
import { EmailForm } from './email-form.tsx'
import { EmailStatus } from './email-status.tsx'

/** Shows the email of the viewer, whether it is confirmed, and changes or removes it. */
export function EmailView({ viewer }: { viewer: Self }) {
  const options = useAccountOptions()
  const sendsMail = options === undefined || options.mail !== 'none'
  return (
    <Stack>
      <Card heading="Your email">
        <EmailStatus viewer={viewer} sendsMail={sendsMail} />
      </Card>
      {sendsMail ? (
        <Card heading={viewer.email === null ? 'Add an email' : 'Change your email'}>
          <EmailForm viewer={viewer} />
        </Card>
      ) : (
        <p>
          This installation sends no mail, so an email cannot be confirmed. If you forget your password, ask{' '}
          <Contact options={options} />.
        </p>
      )}
    </Stack>
  )
}
