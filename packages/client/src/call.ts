import type { CommonReason, Failure, ProtocolReason, Unreachable } from '@app/contract/failures'

export interface ClientOptions {
  /** Makes requests. It must keep cookies, because the session is in one. */
  fetch?: typeof fetch
  /** In Node: where cookies are kept. Default: in memory, until the program ends. Browsers keep their own. */
  cookies?: CookieStore
  /**
   * An access token, sent with every call instead of cookies. In browsers only pages of the server itself can
   * send one.
   */
  token?: string
}

/** Cookies of one device, such as a `CookieJar` of the package tough-cookie. */
export interface CookieStore {
  /** Returns the header `Cookie` of a request; empty without cookies for this address. */
  getCookieString(url: string): Promise<string>
  /** Keeps the cookie of one `Set-Cookie` line of a response. */
  setCookie(line: string, url: string): Promise<unknown>
}

/** Every failure that a call of any procedure can have. */
export type AnyFailure = Failure | Unreachable

/** The failures that every call can have, besides those that its procedure and guards declare. */
export type EveryCallFailure = Failure<CommonReason | ProtocolReason> | Unreachable

declare const failure: unique symbol

/** A running call. `await` returns its value or throws; `attempt` returns its value or its failure. */
export interface Call<Value, F extends AnyFailure> extends Promise<Value> {
  /** Exists for the compiler only. */
  readonly [failure]?: F
}

export interface CallOptions {
  /** Stops waiting for the response. The server may still complete the call. */
  signal?: AbortSignal
}

/** The error that a call throws and that ends a stream. `failureOf` reads it. */
export interface CallError<F extends AnyFailure> extends Error {
  /** Missing without a response, or with one that is not the server's. */
  readonly data?: { failure: Exclude<F, Unreachable>; requestId: string } | null | undefined
}

/** Handlers for the events of a stream. */
export interface StreamOptions<Value, F extends AnyFailure> extends CallOptions {
  onStarted?: () => void
  onData?: (value: Value) => void
  /** The server rejected the stream or ended it with a failure. The client does not reconnect. */
  onError?: (error: CallError<F>) => void
  onStopped?: () => void
  /** The server ended the stream. */
  onComplete?: () => void
  /** The client connects, is connected, or reconnects after `error`. */
  onConnectionStateChange?: (change: {
    state: 'idle' | 'connecting' | 'pending'
    error: Error | null
  }) => void
}

export interface Stream {
  unsubscribe(): void
}
