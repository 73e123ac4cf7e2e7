import type { ServerResponse } from 'node:http'
import { chargeReadBytes, tokenChallenge } from '@app/router'
import type { Context } from '@app/router'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { sendText } from '../http/send-body.ts'
import { recordOutcomes } from './call-outcomes.ts'
import { answerPlainCall } from './plain-call.ts'
import type { PlainCall } from './plain-call.ts'

interface Serving {
  ctx: Context
  signal: () => AbortSignal
  inFlightBytes: InFlightBytes
  startedAt: number
}

/** Makes a plain call and sends its answer, written in one piece. */
export async function servePlainCall(
  response: ServerResponse,
  call: PlainCall,
  { ctx, signal, inFlightBytes, startedAt }: Serving,
): Promise<void> {
  const { status, body, failure } = await answerPlainCall(call, ctx, signal)
  recordOutcomes(response, [{ path: call.path, outcome: failure?.reason ?? 'ok' }])
  const retryAfter = failure !== undefined && 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : 0
  if (retryAfter > 0) {
    response.setHeader('retry-after', String(retryAfter))
    await delayRejection(startedAt)
  }
  releaseSlot(response)
  const bytes = Buffer.byteLength(body)
  inFlightBytes.waitForClient(response, bytes)
  await chargeReadBytes(ctx, bytes)
  const cookies = ctx.cookies.outgoing()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  const challenge = ctx.token === null || failure === undefined ? null : tokenChallenge([failure])
  if (challenge !== null) response.setHeader('www-authenticate', challenge)
  response.setHeader('content-type', 'application/json')
  response.statusCode = status
  await sendText(response, body, bytes)
}
