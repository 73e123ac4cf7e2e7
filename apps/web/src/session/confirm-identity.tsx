import { ElevateInput } from '@latchkey/contract'
import { type ReactNode, createContext, use, useCallback, useEffect, useState } from 'react'

import { type Attempt, type Call, type ErrorShape, useApi } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EntryForm } from '../components/entry-form.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { atField, formProblems } from '../form-problems.ts'
import { KnownUsername } from './known-username.tsx'
import { useSessionState } from './session-context.ts'
import { useViewer } from './viewer.ts'

/** Makes a call that may ask for the password; after the right one it is made once more. */
type Confirmed = <Data, Shape extends ErrorShape>(
  call: () => Call<Data, Shape>,
) => Promise<Attempt<Data, Shape>>

const AskContext = createContext<() => Promise<boolean>>(() => Promise.resolve(false))

export function useConfirmed(): Confirmed {
  const api = useApi()
  const ask = use(AskContext)
  return useCallback(
    async (call) => {
      const first = await api.attempt(call())
      if (first.ok || first.failure.reason !== 'REAUTH_REQUIRED') return first
      return (await ask()) ? api.attempt(call()) : first
    },
    [api, ask],
  )
}

/** Holds the dialog that asks for the password in place, above whatever page needs it. */
export function ConfirmIdentity({ children }: { children: ReactNode }) {
  const [settle, setSettle] = useState<((confirmed: boolean) => void) | null>(null)
  const ask = useCallback(() => {
    return new Promise<boolean>((resolve) => {
      setSettle(() => (confirmed: boolean) => {
        setSettle(null)
        resolve(confirmed)
      })
    })
  }, [])
  // The log-in over the page is a better proof than this one. What had asked for it says that nothing was changed: whoever logs
  // in a while later should not find something done that they no longer have before their eyes.
  const isLocked = useSessionState().cover?.locked === true
  useEffect(() => {
    if (isLocked) settle?.(false)
  }, [isLocked, settle])
  return (
    <AskContext value={ask}>
      {children}
      {settle && <PasswordDialog onSettled={settle} />}
    </AskContext>
  )
}

function PasswordDialog({ onSettled }: { onSettled: (confirmed: boolean) => void }) {
  const api = useApi()
  const { data: viewer } = useViewer()
  return (
    <Dialog title="Confirm that it is you" onClose={() => onSettled(false)}>
      <p>This needs your password, because some time has passed since you logged in.</p>
      <EntryForm
        schema={ElevateInput}
        label="Confirm that it is you"
        submitLabel="Confirm"
        actions={<Button onClick={() => onSettled(false)}>Cancel</Button>}
        onSubmit={async (input) => {
          const result = await api.attempt(api.client.auth.elevate.mutate(input))
          if (result.ok) {
            onSettled(true)
            return undefined
          }
          const { failure } = result
          switch (failure.reason) {
            case 'INVALID_CREDENTIALS':
              return atField('password', 'This is not your password.')
            case 'UNAUTHENTICATED':
            case 'SESSION_EXPIRED':
              // The log-in over the page takes it from here.
              return { form: failureSentence(failure) }
            default:
              return formProblems(failure, result.requestId)
          }
        }}
      >
        {viewer && <KnownUsername username={viewer.username} />}
        <PasswordField name="password" label="Password" autoComplete="current-password" />
      </EntryForm>
    </Dialog>
  )
}
