import { LogInForm } from '../auth/log-in-form.tsx'
import { entranceTo, returnPath } from '../auth/redirect-to.ts'
import { StrangersOnly } from '../auth/strangers-only.tsx'
import { Link, useSearch } from 'wouter'

import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'

export function LoginPage() {
  const search = useSearch()
  return (
    <StrangersOnly>
      <Page title="Log in" width="narrow">
        <Stack>
          <Card>
            <LogInForm />
          </Card>
          <p>
            Don't have an account? <Link href={entranceTo('/signup', returnPath(search))}>Sign up</Link>
          </p>
        </Stack>
      </Page>
    </StrangersOnly>
  )
}
