import { type Client, type Unreachable, safe } from '@latchkey/client'
import type { Failure } from '@latchkey/contract'
import { createContext, use } from 'react'

import { CallFailed } from './call-failed.ts'

/** A call of a procedure that is under way; its type knows the answer and the failures. */
export type Call<Data, Shape> = Parameters<typeof safe<Data, Shape>>[0]

/** What every error of a procedure holds; the type of each procedure says which failures it can be. */
export interface ErrorShape {
  message: string
  data: { failure: Failure; requestId: string }
}

/** What came of a call: its answer, or one of the failures that its procedure declares. */
export type Attempt<Data, Shape extends ErrorShape> =
  | { ok: true; data: Data }
  | { ok: false; failure: Shape['data']['failure'] | Unreachable; requestId: string | null }

type SessionOver = Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED'>
type SessionOverListener = (failure: SessionOver) => void

/** The one way of this app to the server. */
export interface Api {
  client: Client
  /** What came of a call; its declared failures are a value that the caller has to look at. For forms and buttons. */
  attempt: <Data, Shape extends ErrorShape>(call: Call<Data, Shape>) => Promise<Attempt<Data, Shape>>
  /** The answer of a call; a failure is thrown as `CallFailed`. For queries, whose cache keeps the error. */
  answer: <Data, Shape extends ErrorShape>(call: Call<Data, Shape>) => Promise<Data>
  /** Told about every call that failed because nobody is logged in any more. Returns how to stop. */
  onSessionOver: (listener: SessionOverListener) => () => void
}

export function createApi(client: Client): Api {
  const listeners = new Set<SessionOverListener>()

  async function attempt<Data, Shape extends ErrorShape>(
    call: Call<Data, Shape>,
  ): Promise<Attempt<Data, Shape>> {
    const [data, error] = await safe(call)
    if (error === undefined) return { ok: true, data }
    const failure = error.data?.failure ?? { reason: 'UNREACHABLE' }
    if (failure.reason === 'UNAUTHENTICATED' || failure.reason === 'SESSION_EXPIRED') {
      for (const listener of listeners) listener(failure)
    }
    return { ok: false, failure, requestId: error.data?.requestId ?? null }
  }

  return {
    client,
    attempt,
    async answer(call) {
      const result = await attempt(call)
      if (result.ok) return result.data
      throw new CallFailed(result.failure, result.requestId)
    },
    onSessionOver(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const ApiContext = createContext<Api | null>(null)

export const ApiProvider = ApiContext.Provider

export function useApi(): Api {
  const api = use(ApiContext)
  if (api === null) throw new TypeError('useApi is called outside ApiProvider')
  return api
}
