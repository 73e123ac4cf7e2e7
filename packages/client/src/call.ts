import type { CommonReason, Failure, ProtocolReason, Unreachable } from '@app/contract/failures'

export interface ClientOptions {
  /** How requests are made; must keep cookies, because the session travels in one. */
  fetch?: typeof fetch
}

/** Everything that a call of any procedure can fail with. */
export type AnyFailure = Failure | Unreachable

/** What every call can fail with, besides the failures that its procedure and guards declare. */
export type EveryCallFailure = Failure<CommonReason | ProtocolReason> | Unreachable

declare const failure: unique symbol

/** A call under way. `await` gives its value or throws; `attempt` gives its value or its failure. */
export interface Call<Value, F extends AnyFailure> extends Promise<Value> {
  /** Exists for the compiler only. */
  readonly [failure]?: F
}

export interface CallOptions {
  /** Ends the wait for the answer. The server may still do what was asked. */
  signal?: AbortSignal
}

/** What a call throws, and what a stream ends with. `failureOf` reads it. */
export interface CallError<F extends AnyFailure> extends Error {
  /** Missing when no answer came, or none of ours. */
  readonly data?: { failure: Exclude<F, Unreachable>; requestId: string } | null | undefined
}

/** What a program does about the events of a stream. */
export interface StreamOptions<Value, F extends AnyFailure> extends CallOptions {
  onStarted?: () => void
  onData?: (value: Value) => void
  /** The server refused the stream or ended it with a failure. The client does not reconnect. */
  onError?: (error: CallError<F>) => void
  onStopped?: () => void
  /** The server ended the stream. */
  onComplete?: () => void
  /** The client connects, has connected, or reconnects: then `error` says why the connection ended. */
  onConnectionStateChange?: (change: {
    state: 'idle' | 'connecting' | 'pending'
    error: Error | null
  }) => void
}

export interface Stream {
  unsubscribe(): void
}
