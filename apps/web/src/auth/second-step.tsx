import type { AnyFailure } from '@app/client'
import type { SecondFactorMethod, SignedIn } from '@app/contract'
import { useLayoutEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { atField, formProblems, inForm } from '../api/form-problems.ts'
import type { Problems } from '../api/form-problems.ts'
import { Button } from '../components/button.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Row } from '../components/row.tsx'
import { dropLink } from './drop-link.ts'
import { keptLink } from './kept-link.ts'
import type { Proof } from './proof/methods.ts'
import { ProveIdentity } from './proof/prove-identity.tsx'
import { ResetStep } from './reset-step.tsx'
import styles from './second-step.module.css'

interface SecondStepProps {
  methods: readonly SecondFactorMethod[]
  onSignedIn: (result: SignedIn) => Promise<Problems | undefined>
  /** Back to the first step. @param reason why it is necessary; undefined if the user wants it */
  onRestart: (reason?: string) => void
  /** Called with the title of the step, for the heading above the form, and with undefined at its end. */
  onTitle: (title: string | undefined) => void
  actions?: ReactNode
}

/** The second step of a log-in. Until it succeeds there is no session. */
export function SecondStep({ methods, onSignedIn, onRestart, onTitle, actions }: SecondStepProps) {
  const api = useApi()
  const [resetSecret, setResetSecret] = useState(() => keptLink('factor-reset'))
  const [resetProblem, setResetProblem] = useState<Message>()
  const title = resetSecret === null ? 'Confirm it is you' : 'Remove your second factors'
  // Before the next paint, so that the heading changes together with the form.
  useLayoutEffect(() => {
    onTitle(title)
    return () => onTitle(undefined)
  }, [title, onTitle])

  function giveUpReset(problem?: Message) {
    dropLink('factor-reset')
    setResetSecret(null)
    setResetProblem(problem)
  }

  async function send(proof: Proof): Promise<Problems | undefined> {
    if (proof.method === 'password') return undefined
    const result = await api.attempt(api.client.auth.secondFactor.mutate(proof))
    if (result.ok) return onSignedIn(result.value)
    const restart = (failure: AnyFailure) => {
      onRestart(failureText(failure))
      return undefined
    }
    return formProblems(result, {
      LOGIN_EXPIRED: restart,
      COOKIE_MISSING: restart,
      CODE_INVALID: atField('code'),
      PASSKEY_INVALID: inForm,
    })
  }

  return (
    <div className={styles['step']} data-second-step>
      {resetSecret !== null && (
        <ResetStep
          secret={resetSecret}
          onSignedIn={onSignedIn}
          onRestart={onRestart}
          onGiveUp={giveUpReset}
        />
      )}
      <FormAlert problem={resetProblem} />
      {resetSecret === null && (
        <ProveIdentity
          methods={methods}
          purpose="second-factor"
          label={title}
          submitLabel="Continue"
          onProof={send}
          actions={
            <>
              <Button onClick={() => onRestart()}>Start again</Button>
              {actions}
            </>
          }
        >
          <p>
            Your account has a passkey, which this browser cannot use. Log in with another browser or device.
          </p>
          <Row>
            <Button onClick={() => onRestart()}>Start again</Button>
            {actions}
          </Row>
        </ProveIdentity>
      )}
    </div>
  )
}
