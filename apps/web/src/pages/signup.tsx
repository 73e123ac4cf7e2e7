import { product } from '@app/contract/product'
import { Link, useSearch } from 'wouter'
import { ProviderLinks } from '../auth/provider-links.tsx'
import { pathWithRedirect, redirectTarget } from '../auth/redirect-to.ts'
import { SignUpForm } from '../auth/sign-up-form.tsx'
import { SignUpLimited } from '../auth/sign-up-limited.tsx'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import styles from './entrance.module.css'

export function SignupPage() {
  const search = useSearch()
  const options = useAccountOptions()
  return (
    <SignedOutOnly>
      {options === undefined || options.signup === 'open' ? (
        <Page title="Sign up" width="narrow" lead={`Create your ${product.name} account.`}>
          <Stack>
            <Card>
              {options === undefined || options.passwordLogin === 'on' ? (
                <SignUpForm />
              ) : (
                <Stack>
                  <p>Accounts here are opened with an account that you have elsewhere.</p>
                  <ProviderLinks
                    providers={options.providers}
                    purpose="log-in"
                    redirectTo={redirectTarget(search)}
                  />
                </Stack>
              )}
            </Card>
            <p className={styles['help']}>
              Already have an account?{' '}
              <Link href={pathWithRedirect('/login', redirectTarget(search))}>Log in</Link>
            </p>
          </Stack>
        </Page>
      ) : (
        <SignUpLimited options={options} />
      )}
    </SignedOutOnly>
  )
}
