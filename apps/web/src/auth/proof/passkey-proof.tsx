import { KeyRound } from 'lucide-react'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Message } from '../../api/failure-text.ts'
import type { Problems } from '../../api/form-problems.ts'
import { Actions } from '../../components/actions.tsx'
import { Button } from '../../components/button.tsx'
import { FormAlert } from '../../components/form-alert.tsx'
import { Icon } from '../../components/icon.tsx'
import { useInitialFocus } from '../../forms/use-initial-focus.ts'
import type { Proof } from './methods.ts'
import { usePasskeyAnswer } from './use-passkey-answer.ts'
import type { PasskeyPurpose } from './use-passkey-answer.ts'

interface PasskeyProofProps {
  purpose: PasskeyPurpose
  onProof: (proof: Proof) => Promise<Problems | undefined>
  actions?: ReactNode
}

/** Asks for a passkey by a button, because browsers open their dialog after a click only. */
export function PasskeyProof({ purpose, onProof, actions }: PasskeyProofProps) {
  const answer = usePasskeyAnswer(purpose)
  const button = useRef<HTMLButtonElement>(null)
  useInitialFocus(button, true)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function prove() {
    setPending(true)
    setProblem(undefined)
    const answered = await answer()
    if (answered.ok) {
      const { fields, form } = (await onProof({ method: 'passkey', response: answered.response })) ?? {}
      setProblem(form ?? (fields && Object.values(fields).flat().join(' ')))
    } else setProblem(answered.problem)
    setPending(false)
  }

  return (
    <>
      <p>Use a passkey of this device, of your phone, or of a security key.</p>
      <FormAlert problem={problem} />
      <Actions
        main={
          <Button look="primary" pending={pending} ref={button} onClick={() => void prove()}>
            <Icon icon={KeyRound} />
            Use your passkey
          </Button>
        }
      >
        {actions}
      </Actions>
    </>
  )
}
