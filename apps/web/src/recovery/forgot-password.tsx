import { useState } from 'react'
import { Link } from 'wouter'
import { Contact } from '../auth/contact.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { CheckYourMail } from './check-your-mail.tsx'
import { RequestForm } from './request-form.tsx'
import styles from './recovery.module.css'

/** Asks for a recovery link, or says whom to ask where no mail is sent. */
export function ForgotPassword() {
  const options = useAccountOptions()
  const [identifier, setIdentifier] = useState<string>()
  if (options?.mail === 'none') {
    return (
      <Page
        title="Forgot your password?"
        width="narrow"
        lead={
          <>
            This installation sends no mail. Ask <Contact options={options} /> for a link to choose a new
            password.
          </>
        }
      >
        <Actions
          main={
            <ButtonLink href="/login" look="primary">
              Back to log-in
            </ButtonLink>
          }
        />
      </Page>
    )
  }
  if (identifier !== undefined) {
    return <CheckYourMail identifier={identifier} onRetry={() => setIdentifier(undefined)} />
  }
  return (
    <Page
      title="Forgot your password?"
      width="narrow"
      lead="We mail you a link to choose a new one. Your password stays as it is until then."
    >
      <Stack>
        <Card>
          <RequestForm onRequested={setIdentifier} />
        </Card>
        <p className={styles['help']}>
          <Link href="/login">Back to log-in</Link>
        </p>
      </Stack>
    </Page>
  )
}
