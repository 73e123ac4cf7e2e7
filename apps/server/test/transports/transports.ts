import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { Failure, Reason } from '@app/contract'
import { appRouter, createContext } from '@app/router'
import { isBehindProxy } from '@app/router/testing'
import { callTRPCProcedure, getTRPCErrorFromUnknown, isTrackedEnvelope } from '@trpc/server'
import { callFailure } from '../../src/api/call-failure.ts'
import { restRoutes } from '../../src/rest/routes.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { callRest, problemIn } from '../rest/rest-call.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, procedures } from '../support/procedures.ts'
import { credentialHeaders } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'
import type { Ending } from './seen.ts'

/** Calls a procedure in one way. */
export type Transport = (
  app: TestApp,
  path: Path,
  input: object,
  credentials: Credentials | undefined,
) => Promise<Ending>

const trpc: Transport = async (app, path, input, credentials) => {
  const { text: body, cookies } = await call(app.url, path, input, credentials)
  // Sound: the body of every response under /trpc, by the contract.
  const { result, error } = JSON.parse(body) as TrpcBody
  if (error !== undefined) return { ...failed(error.data.failure), cookies }
  const value: unknown = path === 'account.export' ? JSON.parse(body) : result?.data
  return { outcome: 'ok', value, cookies }
}

interface TrpcBody {
  result?: { data: unknown }
  error?: { data: { failure: Failure } }
}

const rest: Transport = async (app, path, input, credentials) => {
  const answer = await callRest(app.url, path, input, credentials)
  const { body, status, cookies } = answer
  const problem = problemIn(answer)
  if (problem === undefined) {
    if (status !== restRoutes[path].status) throw new Error(`${path}: status ${status}`)
    return { outcome: 'ok', value: status === 204 ? {} : body, cookies }
  }
  const { type: _type, title: _title, status: _status, detail: _detail, instance: _, ...failure } = problem
  return { ...failed(failure), cookies }
}

const inProcess: Transport = async (app, path, input, credentials) => {
  const { cookie, authorization } = credentialHeaders(credentials)
  const facts = { id: randomUUID(), ip: '127.0.0.1', userAgent: 'node', cookie, authorization }
  const ctx = createContext(app.services, facts)
  const { type } = procedures[path]._def
  const signal = new AbortController()
  try {
    const given: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      signal: signal.signal,
      batchIndex: 0,
      getRawInput: async () => input,
    })
    return { outcome: 'ok', value: await readValue(path, given), cookies: ctx.cookies.outgoing() }
  } catch (cause) {
    const failure = callFailure({ path, type, ctx, error: getTRPCErrorFromUnknown(cause) })
    return { ...failed(failure), cookies: ctx.cookies.outgoing() }
  } finally {
    signal.abort()
  }
}

/** Returns the value as JSON: of a file all, of a stream the first event. */
async function readValue(path: Path, value: unknown): Promise<unknown> {
  // Sound: these two return iterables.
  if (path === 'account.export') return JSON.parse(await text(value as AsyncIterable<string>))
  if (path !== 'sessions.events') return JSON.parse(JSON.stringify(value))
  for await (const event of value as AsyncIterable<unknown>) {
    return isTrackedEnvelope(event) ? event[1] : event
  }
  return undefined
}

function failed({ reason, ...value }: { reason: Reason }): Pick<Ending, 'outcome' | 'value'> {
  return { outcome: reason, value }
}

/** The ways to call a procedure without another process. The others must do what tRPC does. */
export const transports = { trpc, rest, ...(isBehindProxy ? {} : { inProcess }) }
