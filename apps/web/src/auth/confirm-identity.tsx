import type { AnyFailure, Attempt, Call } from '@app/client'
import { ElevateInput } from '@app/contract'
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { atField, formProblems } from '../api/form-problems.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EntryForm } from '../forms/entry-form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { useIsLocked, useSession } from '../session/session-context.ts'
import { useViewer } from '../session/viewer.ts'
import { KnownUsername } from './known-username.tsx'

/** Makes a call that may need the password, and repeats it after the user confirmed the password. */
type Confirmed = <Value, F extends AnyFailure>(call: () => Call<Value, F>) => Promise<Attempt<Value, F>>

const AskContext = createContext<() => Promise<boolean>>(() => Promise.resolve(false))

export function useConfirmed(): Confirmed {
  const api = useApi()
  const ask = use(AskContext)
  const session = useSession()
  const { data: viewer } = useViewer()
  return useCallback(
    async (call) => {
      const { pathname } = window.location
      const first = await api.attempt(call())
      if (first.ok || first.failure.reason !== 'REAUTH_REQUIRED') return first
      // On another page the prompt would have no context.
      if (!viewer || !session.isActiveFor(viewer) || window.location.pathname !== pathname) return first
      return (await ask()) ? api.attempt(call()) : first
    },
    [api, ask, session, viewer],
  )
}

/** The one prompt for all calls that wait for the password. */
interface Prompt {
  answered: Promise<boolean>
  resolve: (confirmed: boolean) => void
}

/** Renders the dialog that asks for the password, above the page that needs it. */
export function ConfirmIdentity({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const asked = useRef<Prompt>(null)
  const [askedAt, setAskedAt] = useState<string | null>(null)
  const ask = useCallback(() => {
    if (asked.current === null) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      asked.current = { answered: promise, resolve }
      setAskedAt(path)
    }
    return asked.current.answered
  }, [path])
  const close = useCallback((confirmed: boolean) => {
    asked.current?.resolve(confirmed)
    asked.current = null
    setAskedAt(null)
  }, [])
  // The lock screen asks for a full log-in, so this prompt closes and the waiting calls fail. An action must
  // not run after a later log-in, when its page may be gone.
  const isLocked = useIsLocked()
  // On another page the prompt closes too. It closes together with its page, because a later close would take
  // the focus from the next page.
  const isAsking = askedAt === path && !isLocked
  useEffect(() => () => close(false), [path, isLocked, close])
  return (
    <AskContext value={ask}>
      {children}
      {isAsking && <PasswordDialog onClose={close} />}
    </AskContext>
  )
}

function PasswordDialog({ onClose }: { onClose: (confirmed: boolean) => void }) {
  const api = useApi()
  const { data: viewer } = useViewer()
  return (
    <Dialog title="Confirm your password" onClose={() => onClose(false)}>
      <p>Enter your password again to continue: you logged in some time ago.</p>
      <EntryForm
        schema={ElevateInput}
        label="Confirm your password"
        submitLabel="Confirm"
        actions={<Button onClick={() => onClose(false)}>Cancel</Button>}
        onSubmit={async (input) => {
          const result = await api.attempt(api.client.auth.elevate.mutate(input))
          if (result.ok) {
            onClose(true)
            return undefined
          }
          const { failure } = result
          switch (failure.reason) {
            case 'INVALID_CREDENTIALS':
              return atField('password', 'This is not your password.')
            case 'UNAUTHENTICATED':
            case 'SESSION_EXPIRED':
              // The lock screen replaces this prompt.
              return { form: failureText(failure) }
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
