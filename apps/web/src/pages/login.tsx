import { LoginInput } from '@latchkey/contract'
import { Link, useSearch } from 'wouter'

import { useApi } from '../api.ts'
import { Card } from '../components/card.tsx'
import { CheckBox } from '../components/check-box.tsx'
import { EntryForm } from '../components/entry-form.tsx'
import { Page } from '../components/page.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Stack } from '../components/stack.tsx'
import { TextField } from '../components/text-field.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { formProblems } from '../form-problems.ts'
import { entranceTo, returnPath } from '../session/redirect-to.ts'
import { StrangersOnly } from '../session/strangers-only.tsx'
import { useLogIn } from '../session/use-log-in.ts'

export function LoginPage() {
  const api = useApi()
  const logIn = useLogIn()
  const search = useSearch()
  return (
    <StrangersOnly>
      <Page title="Log in" width="narrow">
        <Stack>
          <Card>
            <EntryForm
              schema={LoginInput}
              label="Log in"
              submitLabel="Log in"
              onSubmit={async (input) => {
                const result = await api.attempt(api.client.auth.login.mutate(input))
                if (result.ok) {
                  logIn(result.data)
                  return undefined
                }
                const { failure } = result
                switch (failure.reason) {
                  // One sentence for both causes: who has an account here is not told.
                  case 'INVALID_CREDENTIALS':
                    return { form: failureSentence(failure) }
                  default:
                    return formProblems(failure, result.requestId)
                }
              }}
            >
              <TextField name="username" label="User name" autoComplete="username" plain />
              <PasswordField name="password" label="Password" autoComplete="current-password" />
              <CheckBox name="remember" label="Remember me on this device" />
            </EntryForm>
          </Card>
          <p>
            Don't have an account? <Link href={entranceTo('/signup', returnPath(search))}>Sign up</Link>
          </p>
        </Stack>
      </Page>
    </StrangersOnly>
  )
}
