import { OneTimeCode, RecoveryCode } from '@app/contract'
import { useRef } from 'react'
import type { ReactNode } from 'react'
import * as z from 'zod/mini'
import type { Problems } from '../../api/form-problems.ts'
import { EntryForm } from '../../forms/entry-form.tsx'
import { TextField } from '../../forms/text-field.tsx'

const OneTimeCodeInput = z.strictObject({ code: OneTimeCode })
const RecoveryCodeInput = z.strictObject({ code: RecoveryCode })

interface CodeFormProps {
  /** The accessible name of the form. */
  label: string
  submitLabel: string
  /** Sends the code, without the spaces and dashes that the user typed. */
  onCode: (code: string) => Promise<Problems | undefined>
  actions?: ReactNode
}

/**
 * Asks for a code of the authenticator app. The sixth digit submits the form, as the hint says (WCAG 2.2,
 * 3.2.2), but only once for each code, so that a rejected one can be corrected.
 */
export function OneTimeCodeForm({ label, submitLabel, onCode, actions }: CodeFormProps) {
  const sent = useRef('')
  return (
    <EntryForm
      schema={OneTimeCodeInput}
      label={label}
      submitLabel={submitLabel}
      actions={actions}
      onInput={(form) => {
        const { data } = OneTimeCodeInput.safeParse({ code: new FormData(form).get('code') })
        if (data === undefined || data.code === sent.current) return
        sent.current = data.code
        form.requestSubmit()
      }}
      onSubmit={({ code }) => {
        sent.current = code
        return onCode(code)
      }}
    >
      <TextField
        name="code"
        label="Code"
        hint="Six digits from your authenticator app. They are sent when all six are entered."
        autoComplete="one-time-code"
        inputMode="numeric"
        plain
        focused
      />
    </EntryForm>
  )
}

/** Asks for a recovery code. */
export function RecoveryCodeForm({ label, submitLabel, onCode, actions }: CodeFormProps) {
  return (
    <EntryForm
      schema={RecoveryCodeInput}
      label={label}
      submitLabel={submitLabel}
      actions={actions}
      onSubmit={({ code }) => onCode(code)}
    >
      <TextField
        name="code"
        label="Recovery code"
        hint="Six groups of four letters and digits. Each code works once."
        // Password managers fill `one-time-code` with a code of the authenticator app.
        autoComplete="off"
        plain
        focused
      />
    </EntryForm>
  )
}
