import { failureOf } from '@app/client'
import type { AnyFailure, CallError, Client } from '@app/client'
import { duration } from '@app/contract/failure-text'
import { CommandFailed, Interrupted } from '../command.ts'
import { causesOf } from '../error-causes.ts'
import { shown, shownJson } from '../shown.ts'
import { confirmIdentity } from './confirm-identity.ts'
import { failureMessage } from './failure-message.ts'
import { networkProblem } from './network-problem.ts'

export interface CallOptions {
  signal: AbortSignal
}

interface RemoteDeps {
  origin: string
  api: Client
  usesToken: boolean
  isJson: boolean
  /** How long one call may take. */
  timeoutMs: number
  interrupted: AbortSignal
}

/** A server, as commands use it. */
export class Remote {
  readonly origin: string
  readonly api: Client
  readonly usesToken: boolean
  readonly interrupted: AbortSignal
  readonly #deps: RemoteDeps
  /** The limit of the last call. */
  #timeout: AbortSignal | undefined

  constructor(deps: RemoteDeps) {
    this.#deps = deps
    this.origin = deps.origin
    this.api = deps.api
    this.usesToken = deps.usesToken
    this.interrupted = deps.interrupted
  }

  /**
   * Makes a call. When the server wants a confirmation of the user, asks for it on the terminal and makes the
   * call once more.
   * @throws CommandFailed with the sentence of the failure, Interrupted
   */
  async call<Value>(start: (options: CallOptions) => Promise<Value>): Promise<Value> {
    try {
      return await this.#confirmed(start)
    } catch (error) {
      throw this.problem(error)
    }
  }

  /** Makes a call like `call`, and returns one failure instead of throwing it. */
  async attempt<Value, R extends AnyFailure['reason']>(
    expected: R,
    start: (options: CallOptions) => Promise<Value>,
  ): Promise<{ ok: true; value: Value } | { ok: false; reason: R }> {
    try {
      return { ok: true, value: await this.#confirmed(start) }
    } catch (error) {
      if (this.#failureOf(error)?.reason === expected) return { ok: false, reason: expected }
      throw this.problem(error)
    }
  }

  /** Prints a result: the value as JSON, or its text for people, which cannot control the terminal. */
  print(value: unknown, text: string): void {
    console.log(this.#deps.isJson ? shownJson(value) : shown(text))
  }

  /** Returns the error that ends the command. */
  problem(error: unknown): Error {
    if (this.interrupted.aborted) return new Interrupted()
    // The client wraps errors of its cookies and of its transport.
    const own = causesOf(error).find((cause) => cause instanceof CommandFailed)
    if (own !== undefined) return own
    const failure = this.#failureOf(error)
    if (failure === null) return error instanceof Error ? error : new Error(String(error))
    const requestId = requestIdOf(error)
    const message = this.#message(failure, error)
    if (this.#deps.isJson) {
      return new CommandFailed(shownJson({ failure, message, requestId }), { cause: error })
    }
    const id = failure.reason === 'INTERNAL' && requestId !== null ? ` The log has it as ${requestId}.` : ''
    return new CommandFailed(`${message}${id}`, { cause: error })
  }

  async #confirmed<Value>(start: (options: CallOptions) => Promise<Value>): Promise<Value> {
    try {
      return await start(this.#options())
    } catch (error) {
      const failure = this.#failureOf(error)
      const isAsked = failure?.reason === 'REAUTH_REQUIRED' && !this.usesToken && process.stdin.isTTY
      const proof = isAsked ? await confirmIdentity(failure.methods) : null
      if (proof === null) throw error
      await this.api.auth.elevate.mutate(proof, this.#options())
      return start(this.#options())
    }
  }

  #options(): CallOptions {
    this.#timeout = AbortSignal.timeout(this.#deps.timeoutMs)
    return { signal: AbortSignal.any([this.#timeout, this.interrupted]) }
  }

  #message(failure: AnyFailure, error: unknown): string {
    if (failure.reason !== 'UNREACHABLE') return failureMessage(failure, this)
    const { host } = new URL(this.origin)
    if (this.#timeout?.aborted === true) {
      return `${host} did not answer within ${duration(this.#deps.timeoutMs / 1_000)}. The server may still do what was asked.`
    }
    return networkProblem(error, host)
  }

  /** Returns the failure of a call; null for an error of this program. */
  #failureOf(error: unknown): AnyFailure | null {
    if (!(error instanceof Error) || error.name !== 'TRPCClientError') return null
    // Sound: errors of this name come from calls.
    return failureOf(error as CallError<AnyFailure>)
  }
}

function requestIdOf(error: unknown): string | null {
  const data: unknown = error instanceof Error && 'data' in error ? error.data : null
  const id: unknown = Reflect.get(Object(data), 'requestId')
  return typeof id === 'string' ? id : null
}
