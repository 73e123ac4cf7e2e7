import { Link, useSearch } from 'wouter'

import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { LogInForm } from '../session/log-in-form.tsx'
import { entranceTo, returnPath } from '../session/redirect-to.ts'
import { StrangersOnly } from '../session/strangers-only.tsx'

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
