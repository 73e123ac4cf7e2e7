import type { ReauthMethod } from '@app/contract'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Problems } from '../../api/form-problems.ts'
import { Button } from '../../components/button.tsx'
import { OneTimeCodeForm, RecoveryCodeForm } from './code-form.tsx'
import { inOrder, otherMethodLabels } from './methods.ts'
import type { FormMethod, Proof } from './methods.ts'
import { PasskeyProof } from './passkey-proof.tsx'
import { PasswordProof } from './password-proof.tsx'
import type { PasskeyPurpose } from './use-passkey-answer.ts'
import { supportsPasskeys } from './webauthn.ts'
import styles from './prove-identity.module.css'

interface ProveIdentityProps {
  /** The methods that the server accepts. The first one of our order is shown. */
  methods: readonly ReauthMethod[]
  purpose: PasskeyPurpose
  /** The accessible name of each form. */
  label: string
  submitLabel: string
  /** Filled in for password managers, where the user is known. */
  username?: string | undefined
  onProof: (proof: Proof) => Promise<Problems | undefined>
  /** Buttons beside the submit button. */
  actions?: ReactNode
  /** Shown where browser and account have none of the methods. */
  children?: ReactNode
}

/** Asks for one of several proofs. Buttons below the form change to another one. */
export function ProveIdentity({
  methods,
  purpose,
  username,
  onProof,
  children,
  ...form
}: ProveIdentityProps) {
  const offered = inOrder(methods).filter((each) => each !== 'passkey' || supportsPasskeys())
  const [chosen, setChosen] = useState<FormMethod>()
  const method = chosen ?? offered[0]
  if (method === undefined) return children
  return (
    <>
      {method === 'password' && <PasswordProof {...form} username={username} onProof={onProof} />}
      {method === 'otp' && <OneTimeCodeForm {...form} onCode={(code) => onProof({ method: 'otp', code })} />}
      {method === 'recovery' && (
        <RecoveryCodeForm {...form} onCode={(code) => onProof({ method: 'recovery', code })} />
      )}
      {method === 'passkey' && <PasskeyProof purpose={purpose} actions={form.actions} onProof={onProof} />}
      {offered.length > 1 && (
        <div className={styles['others']}>
          {offered
            .filter((other) => other !== method)
            .map((other) => (
              <Button key={other} look="quiet" onClick={() => setChosen(other)}>
                {otherMethodLabels[other]}
              </Button>
            ))}
        </div>
      )}
    </>
  )
}
