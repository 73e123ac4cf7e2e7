import { PresentedPassword } from '@app/contract'
import type { ReactNode } from 'react'
import * as z from 'zod/mini'
import type { Problems } from '../../api/form-problems.ts'
import { EntryForm } from '../../forms/entry-form.tsx'
import { PasswordField } from '../../forms/password-field.tsx'
import { KnownUsername } from '../known-username.tsx'
import type { Proof } from './methods.ts'

const PasswordInput = z.strictObject({ password: PresentedPassword })

interface PasswordProofProps {
  label: string
  submitLabel: string
  username: string | undefined
  onProof: (proof: Proof) => Promise<Problems | undefined>
  actions?: ReactNode
}

/** Asks for the password of a known user. */
export function PasswordProof({ username, onProof, ...form }: PasswordProofProps) {
  return (
    <EntryForm
      {...form}
      schema={PasswordInput}
      onSubmit={({ password }) => onProof({ method: 'password', password })}
    >
      {username !== undefined && <KnownUsername username={username} />}
      <PasswordField name="password" label="Password" autoComplete="current-password" focused />
    </EntryForm>
  )
}
