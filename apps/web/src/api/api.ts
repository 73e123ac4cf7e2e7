import { attempt as attemptCall } from '@app/client'
import type { AnyFailure, Attempt, Call, Client } from '@app/client'
import type { Failure, Reason } from '@app/contract'
import { createContext, use } from 'react'
import { CallFailed } from './call-failed.ts'
import type { QueryFailure } from './call-failed.ts'

/** Failures of authentication or authorization. */
type AuthFailure = Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'>
type AuthFailureListener = (failure: AuthFailure) => void

/** The app's access to the server. */
export interface Api {
  client: Client
  /** Returns the value of a call or its failure. For forms and buttons. */
  attempt: <Value, F extends AnyFailure>(call: Call<Value, F>) => Promise<Attempt<Value, F>>
  /**
   * Returns the value of a call and throws `CallFailed`. For queries, whose cache keeps the error.
   * @param own the failures of the procedure that the page handles
   */
  valueOrThrow: <Value, F extends QueryFailure | Failure<Own>, Own extends Reason = never>(
    call: Call<Value, F>,
    ...own: Own[]
  ) => Promise<Value>
  /** Calls the listener after every failure about the caller. Returns how to unsubscribe. */
  onAuthFailure: (listener: AuthFailureListener) => () => void
}

export function createApi(client: Client): Api {
  const listeners = new Set<AuthFailureListener>()

  async function attempt<Value, F extends AnyFailure>(call: Call<Value, F>): Promise<Attempt<Value, F>> {
    const result = await attemptCall(call)
    if (!result.ok && isAuthFailure(result.failure)) {
      for (const listener of listeners) listener(result.failure)
    }
    return result
  }

  return {
    client,
    attempt,
    async valueOrThrow(call) {
      const result = await attempt(call)
      if (result.ok) return result.value
      throw new CallFailed(result.failure, result.requestId)
    },
    onAuthFailure(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function isAuthFailure(failure: AnyFailure): failure is AuthFailure {
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
