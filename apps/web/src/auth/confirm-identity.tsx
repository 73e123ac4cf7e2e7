import type { AnyFailure, Attempt, Call } from '@app/client'
import type { ReauthMethod } from '@app/contract'
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useApi } from '../api/api.ts'
import { CallFailed } from '../api/call-failed.ts'
import type { QueryFailure } from '../api/call-failed.ts'
import { loadPage } from '../components/load-page.ts'
import { useIsLocked, useSession } from '../session/session-context.ts'
import { useViewer } from '../session/viewer.ts'

/** Makes a call that may need a recent proof of the user, and repeats it after the user gave one. */
type Confirmed = <Value, F extends AnyFailure>(call: () => Call<Value, F>) => Promise<Attempt<Value, F>>

type Ask = (methods: readonly ReauthMethod[]) => Promise<boolean>

const AskContext = createContext<Ask>(() => Promise.resolve(false))

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
      return (await ask(first.failure.methods)) ? api.attempt(call()) : first
    },
    [api, ask, session, viewer],
  )
}

/**
 * Returns a function for queries that need a second factor, which asks for it. Throws `CallFailed`, as
 * `valueOrThrow` does.
 */
export function useConfirmedQuery() {
  const confirmed = useConfirmed()
  return useCallback(
    async <Value, F extends QueryFailure>(call: () => Call<Value, F>): Promise<Value> => {
      const result = await confirmed(call)
      if (result.ok) return result.value
      throw new CallFailed(result.failure, result.requestId)
    },
    [confirmed],
  )
}

const ConfirmIdentityDialog = loadPage(
  () => import('./confirm-identity-dialog.tsx').then((dialog) => dialog.ConfirmIdentityDialog),
  null,
)

/** The one prompt for all calls that wait for a proof. */
interface Prompt {
  answered: Promise<boolean>
  resolve: (confirmed: boolean) => void
}

/** Renders the dialog that asks for a proof of the user, above the page that needs it. */
export function ConfirmIdentity({ children }: { children: ReactNode }) {
  const [path] = useLocation()
  const asked = useRef<Prompt>(null)
  const [question, setQuestion] = useState<{ path: string; methods: readonly ReauthMethod[] } | null>(null)
  const ask = useCallback<Ask>(
    (methods) => {
      if (asked.current === null) {
        const { promise, resolve } = Promise.withResolvers<boolean>()
        asked.current = { answered: promise, resolve }
        setQuestion({ path, methods })
      }
      return asked.current.answered
    },
    [path],
  )
  const close = useCallback((confirmed: boolean) => {
    asked.current?.resolve(confirmed)
    asked.current = null
    setQuestion(null)
  }, [])
  // The lock screen asks for a full log-in, so this prompt closes and the waiting calls fail. An action must
  // not run after a later log-in, when its page may be gone.
  const isLocked = useIsLocked()
  // On another page the prompt closes too. It closes together with its page, because a later close would take
  // the focus from the next page.
  const asking = question?.path === path && !isLocked ? question : null
  useEffect(() => () => close(false), [path, isLocked, close])
  const viewerId = useViewer().data?.id
  useEffect(() => {
    if (viewerId !== undefined) void ConfirmIdentityDialog.preload()
  }, [viewerId])
  return (
    <AskContext value={ask}>
      {children}
      {asking && <ConfirmIdentityDialog methods={asking.methods} onClose={close} />}
    </AskContext>
  )
}
