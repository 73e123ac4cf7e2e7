import { linkLifetimesMs } from '@app/contract/limits'
import { Link } from 'wouter'
import { Contact } from '../auth/contact.tsx'
import { MailboxLink } from '../auth/mailbox-link.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import styles from './recovery.module.css'

const minutes = linkLifetimesMs.recovery / 60_000

interface CheckYourMailProps {
  /** What the user typed. */
  identifier: string
  /** Called when the user wants to try another name. */
  onRetry: () => void
}

/** Shown after every request: it must not say whether an account exists (ASVS 5.0 6.3.8). */
export function CheckYourMail({ identifier, onRetry }: CheckYourMailProps) {
  const options = useAccountOptions()
  return (
    <Page
      title="Check your mail"
      width="narrow"
      lead={
        <>
          If <bdi translate="no">{identifier}</bdi> is the name or email of an account, a link to choose a new
          password is on its way. It works for {minutes} minutes.
        </>
      }
    >
      <Stack>
        <Card heading="Nothing arrived?">
          <ul className={styles['reasons']}>
            <li>Wait a few minutes, and look in the spam folder.</li>
            <li>
              Only a confirmed email gets the link. Otherwise ask <Contact options={options} />.
            </li>
            <li>You may have used another name or email.</li>
          </ul>
          <MailboxLink />
          <Button onClick={onRetry}>Try another name</Button>
        </Card>
        <p className={styles['help']}>
          <Link href="/login">Back to log-in</Link>
        </p>
      </Stack>
    </Page>
  )
}
