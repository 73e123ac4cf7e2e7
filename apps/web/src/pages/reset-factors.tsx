import { useApi } from '../api/api.ts'
import { InspectedLink } from '../auth/inspected-link.tsx'
import { useLinkSecret } from '../auth/link-secret.ts'
import { ResetFactors } from '../auth/reset-factors.tsx'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { useArrivedSignedIn } from '../session/use-arrived-signed-in.ts'

/** The page of the link of a factor reset: a log-in that removes all second factors. */
export function ResetFactorsPage() {
  const secret = useLinkSecret()
  const api = useApi()
  if (useArrivedSignedIn()) {
    return (
      <MessagePage
        title="You are logged in"
        lead="The link is for a user who cannot log in. To use it, log out first, then open the link again."
      />
    )
  }
  return (
    <SignedOutOnly>
      <InspectedLink
        key={secret}
        link={['factor-reset', secret]}
        inspect={(given) =>
          api.valueOrThrow(api.client.auth.inspectFactorReset.mutate({ secret: given }), 'LINK_INVALID')
        }
        dead={
          <MessagePage
            title="This link does not work"
            lead="It may have expired, been used, cancelled, or replaced by a newer one, or it is incomplete. Your second factors were not removed."
            main={
              <ButtonLink href="/login" look="primary">
                Log in
              </ButtonLink>
            }
          />
        }
      >
        {(state, given) => <ResetFactors {...state} secret={given} />}
      </InspectedLink>
    </SignedOutOnly>
  )
}
