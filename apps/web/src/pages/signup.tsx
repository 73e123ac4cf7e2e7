import { SignupInput } from '@app/contract'
import { product } from '@app/contract/product'
import { Link, useSearch } from 'wouter'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { atField, formProblems } from '../api/form-problems.ts'
import { pathWithRedirect, redirectTarget } from '../auth/redirect-to.ts'
import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { useLogIn } from '../auth/use-log-in.ts'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { CheckBox } from '../forms/check-box.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { TextField } from '../forms/text-field.tsx'
import { NewPasswordField } from '../strength/new-password-field.tsx'
import styles from './entrance.module.css'

export function SignupPage() {
  const api = useApi()
  const logIn = useLogIn()
  const search = useSearch()
  return (
    <SignedOutOnly>
      <Page title="Sign up" width="narrow" lead={`Create your ${product.name} account.`}>
        <Stack>
          <Card>
            <EntryForm
              schema={SignupInput}
              label="Sign up"
              submitLabel="Sign up"
              onSubmit={async (input) => {
                const result = await api.attempt(api.client.auth.signup.mutate(input))
                if (result.ok)
                  return logIn(result.value, `Welcome, ${result.value.user.name}. Your account is ready.`)
                const { failure } = result
                switch (failure.reason) {
                  case 'USERNAME_TAKEN':
                    return atField('username', failureText(failure))
                  case 'PASSWORD_REJECTED':
                    return atField('password', failureText(failure))
                  case 'SIGNUP_CLOSED':
                    return { form: failureText(failure) }
                  default:
                    return formProblems(failure, result.requestId)
                }
              }}
            >
              <TextField
                name="username"
                label="User name"
                hint="Letters, digits, dot, dash and underscore. Other users see it."
                autoComplete="username"
                plain
              />
              <NewPasswordField name="password" label="Password" />
              <TextField name="name" label="Name" optional autoComplete="name" />
              <TextField name="email" label="Email" optional type="email" autoComplete="email" />
              <CheckBox name="remember" label="Remember me on this device" />
            </EntryForm>
          </Card>
          <p className={styles['help']}>
            Already have an account?{' '}
            <Link href={pathWithRedirect('/login', redirectTarget(search))}>Log in</Link>
          </p>
        </Stack>
      </Page>
    </SignedOutOnly>
  )
}
