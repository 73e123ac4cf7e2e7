import { product } from '@app/contract/product'
import { Link } from 'wouter'
import { useApi } from '../api/api.ts'
import { InspectedLink } from '../auth/inspected-link.tsx'
import { keepLink } from '../auth/kept-link.ts'
import { useLinkSecret } from '../auth/link-secret.ts'
import { ProviderLinks } from '../auth/provider-links.tsx'
import { SignUpForm } from '../auth/sign-up-form.tsx'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { ButtonLink } from '../components/button-link.tsx'
import { Card } from '../components/card.tsx'
import { MessagePage } from '../components/message-page.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { useArrivedSignedIn } from '../session/use-arrived-signed-in.ts'
import styles from './entrance.module.css'

/** The page of an invitation's link: signs a new user up. */
export function InvitationPage() {
  const secret = useLinkSecret()
  const api = useApi()
  const options = useAccountOptions()
  if (useArrivedSignedIn()) {
    return (
      <MessagePage
        title="You already have an account"
        lead="An invitation is for a new account. To accept it, log out first, then open the link again."
      />
    )
  }
  return (
    <SignedOutOnly>
      <InspectedLink
        key={secret}
        link={['invitation', secret]}
        inspect={(given) =>
          api.valueOrThrow(api.client.invitations.inspect.mutate({ secret: given }), 'LINK_INVALID')
        }
        dead={
          <MessagePage
            title="This invitation does not work"
            lead="It may have expired, been used or been revoked, or the link is incomplete. Ask the person who invited you for a new one."
            main={
              <ButtonLink href="/login" look="primary">
                Log in
              </ButtonLink>
            }
          />
        }
      >
        {({ email }, invitation) => (
          <Page title="You are invited" width="narrow" lead={`Create your ${product.name} account.`}>
            <Stack>
              <Card>
                <Stack>
                  {options?.passwordLogin !== 'off' && options?.passwordLogin !== 'admins' && (
                    <SignUpForm invitation={invitation} email={email} />
                  )}
                  <ProviderLinks
                    providers={options?.providers ?? []}
                    purpose="log-in"
                    redirectTo="/"
                    onFollow={() => keepLink('invitation', invitation)}
                  />
                </Stack>
              </Card>
              <p className={styles['help']}>
                Already have an account? <Link href="/login">Log in</Link>
              </p>
            </Stack>
          </Page>
        )}
      </InspectedLink>
    </SignedOutOnly>
  )
}
