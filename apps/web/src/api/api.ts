import { attempt as attemptCall } from '@app/client'
import type { AnyFailure, Attempt, Call, Client } from '@app/client'
import type { Failure, Reason } from '@app/contract'
import { createContext, use } from 'react'
import { CallFailed } from './call-failed.ts'
import type { QueryFailure } from './call-failed.ts'

/** Refused for who is asking: nobody who is logged in, or no longer one who may. */
type CallerRefused = Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'>
type CallerRefusedListener = (failure: CallerRefused) => void

/** The one way of this app to the server. */
export interface Api {
  client: Client
  /**
   * What came of a call; its declared failures are a value that the caller has to look at. For forms and
   * buttons.
   */
  attempt: <Value, F extends AnyFailure>(call: Call<Value, F>) => Promise<Attempt<Value, F>>
  /**
   * The answer of a call; a failure is thrown as `CallFailed`. For queries, whose cache keeps the error.
   * @param own the failures of its own that the page which asks has an answer to
   */
  answer: <Value, F extends QueryFailure | Failure<Own>, Own extends Reason = never>(
    call: Call<Value, F>,
    ...own: Own[]
  ) => Promise<Value>
  /** Told about every call that was refused for who is asking. Returns how to stop. */
  onCallerRefused: (listener: CallerRefusedListener) => () => void
}

export function createApi(client: Client): Api {
  const listeners = new Set<CallerRefusedListener>()

  async function attempt<Value, F extends AnyFailure>(call: Call<Value, F>): Promise<Attempt<Value, F>> {
    const result = await attemptCall(call)
    if (!result.ok && isOfCaller(result.failure)) {
      for (const listener of listeners) listener(result.failure)
    }
    return result
  }

  return {
    client,
    attempt,
    async answer(call) {
      const result = await attempt(call)
      if (result.ok) return result.value
      throw new CallFailed(result.failure, result.requestId)
    },
    onCallerRefused(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function isOfCaller(failure: AnyFailure): failure is CallerRefused {
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
