import { useState } from 'react'
import { useApi } from '../api/api.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useLinkSecret } from '../auth/link-secret.ts'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Button } from '../components/button.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { useSession } from '../session/session-context.ts'

/**
 * The page of a link that confirms an email. It asks for a click, because programs that scan mails open links
 * too, and must not confirm an address.
 */
export function VerifyEmail() {
  const secret = useLinkSecret()
  return <ConfirmEmail key={secret} secret={secret} />
}

type Outcome = { status: 'asked' } | { status: 'dead' } | { status: 'confirmed'; email: string }

function ConfirmEmail({ secret }: { secret: string | null }) {
  const api = useApi()
  const session = useSession()
  const [outcome, setOutcome] = useState<Outcome>({ status: secret === null ? 'dead' : 'asked' })
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function confirm() {
    setPending(true)
    setProblem(undefined)
    const result = await api.attempt(api.client.email.verify.mutate({ secret: secret ?? '' }))
    setPending(false)
    if (result.ok) {
      setOutcome({ status: 'confirmed', email: result.value.email })
      // Another user may be logged in here; then nothing changes.
      void session.recheck()
      return
    }
    const { failure } = result
    if (failure.reason === 'LINK_INVALID') setOutcome({ status: 'dead' })
    else setProblem(buttonProblem(failure, result.requestId))
  }

  switch (outcome.status) {
    case 'dead':
      return (
        <MessagePage
          title="This link does not work"
          lead="It may have expired, been used, or been replaced by a newer one, or it is incomplete. You can send a new one from your account."
          main={
            <ButtonLink href="/account/email" look="primary">
              Go to your account
            </ButtonLink>
          }
        />
      )
    case 'confirmed':
      return (
        <Page
          title="Your email is confirmed"
          width="narrow"
          lead={
            <>
              You can log in with <bdi translate="no">{outcome.email}</bdi>, and get back in if you forget
              your password.
            </>
          }
        >
          <Actions
            main={
              <ButtonLink href="/" look="primary">
                Continue
              </ButtonLink>
            }
          />
        </Page>
      )
    case 'asked':
      return (
        <Page
          title="Confirm your email"
          width="narrow"
          lead="Confirm only if you entered this email for your account yourself."
        >
          <Stack>
            <FormAlert problem={problem} />
            <Actions
              main={
                <Button look="primary" pending={pending} onClick={() => void confirm()}>
                  Confirm email
                </Button>
              }
            />
          </Stack>
        </Page>
      )
  }
}
