import type { Failure } from '@app/contract'
import { andThen, appRouter, orElse } from '@app/router'
import type { Awaitable, Context } from '@app/router'
import { getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCode } from '@trpc/server/http'
import type { TRPCResponse } from '@trpc/server/rpc'
import type { CallQuery } from './call-query.ts'
import { isJsonObject } from './json-object.ts'
import { procedureType } from './procedure-type.ts'
import type { ReadBody } from './read-body.ts'
import { runProcedure } from './run-procedure.ts'

/** A request for one query or mutation with JSON in and out: almost every call. */
export interface PlainCall {
  path: string
  type: 'query' | 'mutation'
  /** Whether the call is a batch of one. */
  isBatch: boolean
  /** @throws TRPCError when the input is not JSON */
  readInput: () => unknown
}

/**
 * Returns the call of a request that needs nothing of HTTP but JSON; null for batches of several calls and
 * wrong methods, which tRPC's own handler answers.
 * @param body of a POST
 */
export function plainCallOf(
  method: string,
  names: string,
  { input, isBatch }: CallQuery,
  body: ReadBody | undefined,
): PlainCall | null {
  const type = procedureType(names)
  if (type === undefined || type === 'subscription') return null
  if (method !== (type === 'query' ? 'GET' : 'POST')) return null
  const readInput = () => (body === undefined ? parseInput(input, isBatch) : body.value)
  return { path: names, type, isBatch, readInput }
}

export interface PlainAnswer {
  status: number
  body: string
  /** Undefined after a success. */
  failure: Failure | undefined
}

/**
 * Makes a plain call as tRPC's HTTP handler makes it, without its `Request`, `Response` and streams. A test
 * compares both.
 */
export function answerPlainCall(
  { path, type, isBatch, readInput: read }: PlainCall,
  ctx: Context,
  signal: () => AbortSignal,
): Awaitable<PlainAnswer> {
  const { _config: config } = appRouter._def
  let input: unknown
  const readInput = () => (input = read())
  // The router has no transformer.
  const answer = (shape: TRPCResponse) => JSON.stringify(isBatch ? [shape] : shape)
  const succeeded = (data: unknown): PlainAnswer => ({
    status: 200,
    body: answer({ result: { data } }),
    failure: undefined,
  })
  return orElse(
    () => andThen(runProcedure({ path, type, ctx, signal, readInput }), succeeded),
    (cause): PlainAnswer => {
      const error = getTRPCErrorFromUnknown(cause)
      const shape = getTRPCErrorShape({ config, ctx, error, input, path, type })
      return {
        status: getHTTPStatusCode({ error: shape }),
        body: answer({ error: shape }),
        failure: shape.data.failure,
      }
    },
  )
}

/** @param text JSON, or null without an input */
export function parseInput(text: string | null, isBatch = false): unknown {
  if (text === null || text === '') return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
  if (!isBatch) return parsed
  if (!isJsonObject(parsed))
    throw new TRPCError({
      code: 'BAD_REQUEST',
      message: '"input" needs to be an object when doing a batch call',
    })
  return parsed[0]
}
