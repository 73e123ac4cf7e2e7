import type { AssertionResponse, SignedIn } from '@app/contract'
import { KeyRound } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import type { Problems } from '../api/form-problems.ts'
import { Button } from '../components/button.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { Icon } from '../components/icon.tsx'
import { offerPasskeys } from './proof/offer-passkeys.ts'
import { usePasskeyAnswer } from './proof/use-passkey-answer.ts'

interface PasskeyLogInProps {
  /** Whether the user wants to be remembered, at the time of the log-in. */
  isRemembered: () => boolean
  onSignedIn: (result: SignedIn) => Promise<Problems | undefined>
}

/**
 * Logs in by a passkey alone: by a button, and by the suggestions of the user name field. Nothing happens
 * before the user chooses a passkey.
 */
export function PasskeyLogIn({ isRemembered, onSignedIn }: PasskeyLogInProps) {
  const api = useApi()
  const answer = usePasskeyAnswer('login')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()
  const [rounds, setRounds] = useState(0)
  const offer = useRef<AbortController>(null)

  async function logIn(response: AssertionResponse) {
    setPending(true)
    setProblem(undefined)
    const input = { response, remember: isRemembered() }
    const result = await api.attempt(api.client.auth.passkeyLogin.mutate(input))
    if (result.ok) setProblem((await onSignedIn(result.value))?.form)
    else {
      const { failure } = result
      switch (failure.reason) {
        case 'PASSKEY_INVALID':
          setProblem(`${failureText(failure)} It may have been removed from the account.`)
          break
        case 'COOKIE_MISSING':
        case 'PASSKEYS_UNAVAILABLE':
          setProblem(failureText(failure))
          break
        default:
          setProblem(buttonProblem(failure, result.requestId))
      }
    }
    setPending(false)
  }

  async function ask() {
    // Browsers answer one request at a time.
    offer.current?.abort()
    setPending(true)
    setProblem(undefined)
    const answered = await answer()
    setPending(false)
    if (answered.ok) await logIn(answered.response)
    else setProblem(answered.problem)
    setRounds(rounds + 1)
  }

  const onChosen = useEffectEvent((response: AssertionResponse) => {
    void logIn(response).then(() => setRounds(rounds + 1))
  })
  useEffect(() => {
    const stop = new AbortController()
    offer.current = stop
    void offerPasskeys(api, stop.signal).then((response) => response && onChosen(response))
    return () => stop.abort()
  }, [api, rounds])

  return (
    <>
      <FormAlert problem={problem} />
      <Button pending={pending} onClick={() => void ask()}>
        <Icon icon={KeyRound} />
        Log in with a passkey
      </Button>
    </>
  )
}
