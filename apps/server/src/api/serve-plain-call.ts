import type { ServerResponse } from 'node:http'
import { andThen, chargeReadBytes, tokenChallenge } from '@app/router'
import type { Awaitable, Context } from '@app/router'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { sendText } from '../http/send-body.ts'
import { recordOutcomes } from './call-outcomes.ts'
import { answerPlainCall } from './plain-call.ts'
import type { PlainAnswer, PlainCall } from './plain-call.ts'

interface Serving {
  ctx: Context
  signal: () => AbortSignal
  inFlightBytes: InFlightBytes
  startedAt: number
}

/** Makes a plain call and sends its answer, written in one piece. */
export function servePlainCall(response: ServerResponse, call: PlainCall, serving: Serving): Awaitable<void> {
  return andThen(answerPlainCall(call, serving.ctx, serving.signal), (answer) => {
    const { failure } = answer
    recordOutcomes(response, [{ path: call.path, outcome: failure?.reason ?? 'ok' }])
    const retryAfter = failure !== undefined && 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : 0
    if (retryAfter === 0) return send(response, answer, serving)
    response.setHeader('retry-after', String(retryAfter))
    return delayRejection(serving.startedAt).then(() => send(response, answer, serving))
  })
}

function send(
  response: ServerResponse,
  answer: PlainAnswer,
  { ctx, inFlightBytes }: Serving,
): Awaitable<void> {
  releaseSlot(response)
  const bytes = Buffer.byteLength(answer.body)
  inFlightBytes.waitForClient(response, bytes)
  return andThen(chargeReadBytes(ctx, bytes), () => {
    setHeaders(response, answer, ctx)
    return sendText(response, answer.body, bytes)
  })
}

function setHeaders(response: ServerResponse, { status, failure }: PlainAnswer, ctx: Context): void {
  const cookies = ctx.cookies.outgoing()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  const challenge = ctx.token === null || failure === undefined ? null : tokenChallenge([failure])
  if (challenge !== null) response.setHeader('www-authenticate', challenge)
  response.setHeader('content-type', 'application/json')
  response.statusCode = status
}
