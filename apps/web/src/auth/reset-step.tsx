import type { SignedIn } from '@app/contract'
import { useState } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import type { Problems } from '../api/form-problems.ts'
import { Actions } from '../components/actions.tsx'
import { Button } from '../components/button.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { dropLink } from './drop-link.ts'

interface ResetStepProps {
  /** The secret of the link of a factor reset. */
  secret: string
  onSignedIn: (result: SignedIn) => Promise<Problems | undefined>
  /** The log-in has to begin again. @param reason why */
  onRestart: (reason: string) => void
  /** The user has a second factor, or the link does not work. @param problem undefined for the former */
  onGiveUp: (problem?: Message) => void
}

/** The second step of a log-in whose user lost every factor and has opened the link of a reset. */
export function ResetStep({ secret, onSignedIn, onRestart, onGiveUp }: ResetStepProps) {
  const api = useApi()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function finish() {
    setPending(true)
    setProblem(undefined)
    const result = await api.attempt(api.client.auth.completeFactorReset.mutate({ secret }))
    if (result.ok) {
      dropLink('factor-reset')
      const problems = await onSignedIn(result.value)
      setPending(false)
      return setProblem(problems?.form)
    }
    setPending(false)
    const { failure } = result
    switch (failure.reason) {
      case 'LOGIN_EXPIRED':
      case 'COOKIE_MISSING':
        return onRestart(failureText(failure))
      case 'LINK_INVALID':
        return onGiveUp('The link does not remove the second factors of this account. Ask for a new one.')
      case 'LINK_TOO_EARLY':
        return onGiveUp(failureText(failure))
      default:
        return setProblem(buttonProblem(failure, result.requestId))
    }
  }

  return (
    <>
      <p>You opened a link that removes all second factors and recovery codes of your account.</p>
      <FormAlert problem={problem} />
      <Actions
        main={
          <Button look="primary" pending={pending} onClick={() => void finish()}>
            Remove them and log in
          </Button>
        }
      >
        <Button onClick={() => onGiveUp()}>Use a second factor</Button>
      </Actions>
    </>
  )
}
