import { product } from '@app/contract/product'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { IdentitySignUpForm } from '../auth/identity-sign-up-form.tsx'
import { keptLink } from '../auth/kept-link.ts'
import { SignUpLimited } from '../auth/sign-up-limited.tsx'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { useAccountOptionsQuery } from '../auth/use-account-options.ts'
import { ButtonLink } from '../components/button-link.tsx'
import { Card } from '../components/card.tsx'
import { FailedState } from '../components/failed-state.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'

/** The page on which a new user of a provider chooses a user name. Until then there is no account. */
export function ChooseUsernamePage() {
  return (
    <SignedOutOnly>
      <PendingSignUp />
    </SignedOutOnly>
  )
}

function PendingSignUp() {
  const { client, valueOrThrow } = useApi()
  const options = useAccountOptionsQuery()
  const invitation = useKeptInvitation()
  const pending = useQuery({
    queryKey: ['identity-sign-up'],
    queryFn: ({ signal }) => valueOrThrow(client.identities.pending.query(undefined, { signal })),
    // Another answer would replace what the user types.
    staleTime: Infinity,
  })
  const failed = [pending, options].filter(({ isError }) => isError)
  const error = pending.error ?? options.error
  if (error !== null) {
    return (
      <Page title="This page cannot be shown" width="narrow">
        <FailedState
          error={error}
          retrying={failed.some(({ isFetching }) => isFetching)}
          onRetry={() => {
            for (const { refetch } of failed) void refetch({ cancelRefetch: false })
          }}
        />
      </Page>
    )
  }
  if (pending.data === undefined || options.data === undefined || invitation === undefined)
    return <Skeleton label="Loading" blocks={1} />
  if (pending.data === null) {
    return (
      <MessagePage
        title="This sign-up has ended"
        lead="It took too long, or was finished in another tab."
        main={
          <ButtonLink href="/login" look="primary">
            Start again
          </ButtonLink>
        }
      />
    )
  }
  if (options.data.signup === 'invite' && invitation === null) return <SignUpLimited options={options.data} />
  return (
    <Page
      title={`Welcome to ${product.name}`}
      width="narrow"
      lead={`One step is left: choose your user name. From then on you log in with ${pending.data.provider.label}.`}
    >
      <Card>
        <IdentitySignUpForm pending={pending.data} invitation={invitation} />
      </Card>
    </Page>
  )
}

/** Returns the invitation that was opened in this tab; null without one, undefined until it is checked. */
function useKeptInvitation() {
  const { client, attempt } = useApi()
  const [secret] = useState(() => keptLink('invitation'))
  const inspected = useQuery({
    queryKey: ['link', 'kept-invitation', secret],
    queryFn: async () => {
      const result = await attempt(client.invitations.inspect.mutate({ secret: secret ?? '' }))
      // The sign-up says whether the link works.
      return result.ok ? result.value.email : 'optional'
    },
    enabled: secret !== null,
    staleTime: Infinity,
    gcTime: 0,
  })
  if (secret === null) return null
  return inspected.data === undefined ? undefined : { secret, email: inspected.data }
}
