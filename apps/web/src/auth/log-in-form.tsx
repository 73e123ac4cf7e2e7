import type { LoginResult, SecondFactorMethod } from '@app/contract'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { formProblems } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { loadPage } from '../components/load-page.ts'
import { CheckBox } from '../forms/check-box.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { logInSchema } from './log-in-schema.ts'
import { dropLoginWait, keepLoginWait, readLoginWait } from './login-wait.ts'
import { OtherWaysSpace } from './other-ways-space.tsx'
import { useAccountOptions } from './use-account-options.ts'
import { useLogIn } from './use-log-in.ts'

const SecondStep = loadPage(() => import('./second-step.tsx').then((step) => step.SecondStep), null)
const OtherWays = loadPage(
  () => import('./other-ways.tsx').then((ways) => ways.OtherWays),
  <OtherWaysSpace />,
)

interface LogInFormProps {
  /** The user name of the former viewer, filled in. */
  username?: string
  /** A provider proved the first step: the second step is shown at once. */
  secondMethods?: readonly SecondFactorMethod[] | undefined
  /** Called with the title of the second step while it is shown, else with undefined. */
  onStepTitle: (title: string | undefined) => void
  /** Further buttons, before the submit button. */
  actions?: ReactNode
  /** Added to the message about a wrong user name or password. */
  afterRefusal?: string
}

/**
 * The log-in form, for its own page and for the lock screen. The second step of an account that has one
 * replaces it. The code of that step, and of other ways to log in, loads while the user types.
 */
export function LogInForm({
  username,
  secondMethods: first,
  onStepTitle,
  actions,
  afterRefusal = '',
}: LogInFormProps) {
  const api = useApi()
  const logIn = useLogIn()
  const flash = useFlash()
  const [restoredWait] = useState(readLoginWait)
  const [secondMethods, setSecondMethods] = useState(first)
  // Filled in again when the user comes back from the second step.
  const [knownUsername, setKnownUsername] = useState(username)
  const options = useAccountOptions()
  const box = useRef<HTMLDivElement>(null)
  const isRemembered = () =>
    box.current?.querySelector<HTMLInputElement>('input[name=remember]')?.checked === true
  useEffect(() => void SecondStep.preload(), [])

  /** Logs in, or shows the second step. */
  async function goOn(step: LoginResult, typedUsername: string) {
    if (step.status === 'signed-in') return logIn(step)
    dropLoginWait()
    setKnownUsername(typedUsername)
    setSecondMethods(step.methods)
    return undefined
  }

  if (secondMethods !== undefined) {
    return (
      <SecondStep
        methods={secondMethods}
        onSignedIn={logIn}
        onRestart={(reason) => {
          setSecondMethods(undefined)
          if (reason !== undefined) flash.show(reason, { kind: 'notice' })
        }}
        onTitle={onStepTitle}
        actions={actions}
      />
    )
  }
  if (options?.passwordLogin === 'off') {
    return <OtherWays isOnly isRemembered={isRemembered} onSignedIn={logIn} />
  }
  return (
    <div ref={box}>
      <EntryForm
        schema={logInSchema}
        label="Log in"
        submitLabel="Log in"
        actions={actions}
        wait={{ field: 'username', restored: restoredWait, onDrop: dropLoginWait }}
        onSubmit={async (input) => {
          const result = await api.attempt(api.client.auth.login.mutate(input))
          if (result.ok) return goOn(result.value, input.username)
          return formProblems(result, {
            // One sentence for both, so that it reveals no user names (ASVS 5.0 6.3.8).
            INVALID_CREDENTIALS: (failure) => ({ form: `${failureText(failure)} ${afterRefusal}`.trimEnd() }),
            RATE_LIMITED: ({ retryAfterSeconds }) => ({ form: keepLoginWait(retryAfterSeconds) }),
          })
        }}
      >
        <TextField
          name="username"
          label="User name"
          autoComplete="username webauthn"
          plain
          focused={knownUsername === undefined}
          {...(knownUsername !== undefined && { defaultValue: knownUsername })}
        />
        <PasswordField
          name="password"
          label="Password"
          autoComplete="current-password"
          labelEnd={
            username === undefined ? (
              <Link href="/forgot-password">Forgot password?</Link>
            ) : (
              // In a new tab, because the page below the lock screen keeps what was typed.
              <a href="/forgot-password" target="_blank" rel="noopener">
                Forgot password?
              </a>
            )
          }
          focused={knownUsername !== undefined}
        />
        <CheckBox name="remember" label="Remember me on this device" />
      </EntryForm>
      <OtherWays isRemembered={isRemembered} onSignedIn={logIn} />
    </div>
  )
}
