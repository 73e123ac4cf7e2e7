import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { InspectedLink } from '../auth/inspected-link.tsx'
import { useLinkSecret } from '../auth/link-secret.ts'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Card } from '../components/card.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { Page } from '../components/page.tsx'
import { NewPasswordForm } from './new-password-form.tsx'

/** The page of a recovery link: the user chooses a new password. */
export function ResetPassword() {
  const secret = useLinkSecret()
  return <ChooseNewPassword key={secret} secret={secret} />
}

function ChooseNewPassword({ secret }: { secret: string | null }) {
  const api = useApi()
  const [endedSessions, setEndedSessions] = useState<number>()
  const [isDead, setIsDead] = useState(false)
  if (endedSessions !== undefined) return <PasswordChanged endedSessions={endedSessions} />
  const dead = (
    <MessagePage
      title="This link does not work"
      lead="It may have expired, been used, or been replaced by a newer one, or it is incomplete. Your password was not changed."
      main={
        <ButtonLink href="/forgot-password" look="primary">
          Get a new link
        </ButtonLink>
      }
    >
      <ButtonLink href="/login">Log in</ButtonLink>
    </MessagePage>
  )
  if (isDead) return dead
  return (
    <InspectedLink
      link={['recovery', secret]}
      inspect={(given) =>
        api.valueOrThrow(api.client.recovery.inspect.mutate({ secret: given }), 'LINK_INVALID')
      }
      dead={dead}
    >
      {({ username }, given) => (
        <Page
          title="Choose a new password"
          width="narrow"
          lead={
            <>
              For the account <bdi translate="no">{username}</bdi>. It is logged out everywhere.
            </>
          }
        >
          <Card>
            <NewPasswordForm
              secret={given}
              username={username}
              onDone={setEndedSessions}
              onDead={() => setIsDead(true)}
            />
          </Card>
        </Page>
      )}
    </InspectedLink>
  )
}

function PasswordChanged({ endedSessions }: { endedSessions: number }) {
  return (
    <Page
      title="Your password is changed"
      width="narrow"
      lead={`${endedSentence(endedSessions)} Log in with your new password. Passkeys and linked accounts still log in: remove those that are not yours on the Security page.`}
    >
      <Actions
        main={
          <ButtonLink href="/login" look="primary">
            Log in
          </ButtonLink>
        }
      />
    </Page>
  )
}

function endedSentence(count: number): string {
  if (count === 0) return 'You were not logged in anywhere.'
  return count === 1 ? 'One session ended.' : `${count} sessions ended.`
}
