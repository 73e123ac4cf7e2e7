import { type Client, type Unreachable, safe } from '@app/client'
import type { Failure, Reason } from '@app/contract'
import { createContext, use } from 'react'

import { CallFailed, type QueryFailure } from './call-failed.ts'

/** A call of a procedure that is under way; its type knows the answer and the failures. */
export type Call<Data, Shape> = Parameters<typeof safe<Data, Shape>>[0]

/** What every error of a procedure holds; the type of each procedure says which failures it can be. */
export interface ErrorShape<F extends Failure = Failure> {
  message: string
  data: { failure: F; requestId: string }
}

/** What came of a call: its answer, or one of the failures that its procedure declares. */
export type Attempt<Data, Shape extends ErrorShape> =
  | { ok: true; data: Data }
  | { ok: false; failure: Shape['data']['failure'] | Unreachable; requestId: string | null }

/** Refused for who is asking: nobody who is logged in, or no longer one who may. */
type CallerRefused = Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'>
type CallerRefusedListener = (failure: CallerRefused) => void

/** The one way of this app to the server. */
export interface Api {
  client: Client
  /** What came of a call; its declared failures are a value that the caller has to look at. For forms and buttons. */
  attempt: <Data, Shape extends ErrorShape>(call: Call<Data, Shape>) => Promise<Attempt<Data, Shape>>
  /**
   * The answer of a call; a failure is thrown as `CallFailed`. For queries, whose cache keeps the error.
   * @param own the failures of its own that the page which asks has an answer to
   */
  answer: <Data, Shape extends ErrorShape<QueryFailure | Failure<Own>>, Own extends Reason = never>(
    call: Call<Data, Shape>,
    ...own: Own[]
  ) => Promise<Data>
  /** Told about every call that was refused for who is asking. Returns how to stop. */
  onCallerRefused: (listener: CallerRefusedListener) => () => void
}

export function createApi(client: Client): Api {
  const listeners = new Set<CallerRefusedListener>()

  async function attempt<Data, Shape extends ErrorShape>(
    call: Call<Data, Shape>,
  ): Promise<Attempt<Data, Shape>> {
    const [data, error] = await safe(call)
    if (error === undefined) return { ok: true, data }
    const failure = error.data?.failure ?? { reason: 'UNREACHABLE' }
    if (isOfCaller(failure)) for (const listener of listeners) listener(failure)
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
    onCallerRefused(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function isOfCaller(failure: Failure | Unreachable): failure is CallerRefused {
  const { reason } = failure
  return reason === 'UNAUTHENTICATED' || reason === 'SESSION_EXPIRED' || reason === 'FORBIDDEN'
}

const ApiContext = createContext<Api | null>(null)

export const ApiProvider = ApiContext.Provider

export function useApi(): Api {
  const api = use(ApiContext)
  if (api === null) throw new TypeError('useApi is called outside ApiProvider')
  return api
}
