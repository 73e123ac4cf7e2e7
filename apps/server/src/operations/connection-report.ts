import { setTimeout as sleep } from 'node:timers/promises'
import { addressKey, createInFlightCounter } from '@app/router'
import type { Services } from '@app/router'
import type { Request, RequestHandler, Response } from 'express'
import type { Config } from '../config/host-settings.ts'
import { isPrivateAddress } from '../config/proxy-addresses.ts'
import { addressProblem, clientAddress } from '../http/client-address.ts'
import type { AddressProblem } from '../http/client-address.ts'
import { sendFailure } from '../http/send-failure.ts'

export const connectionReportPath = '/connectionz'

/** What the server knows about the connection of this request. */
interface ConnectionReport {
  /**
   * The address of the caller; `private` instead of one of a private network, which may belong to a proxy.
   * Null when a proxy sent none that can be parsed.
   */
  address: string | null
  /** Why that may be the address of a proxy. */
  addressProblem: AddressProblem | null
  /** Whether a header named the address, and not the connection. */
  isForwarded: boolean
  /** The address that the server has for browsers: PUBLIC_URL. */
  publicUrl: string
  /** The server's clock, in milliseconds since 1970 UTC. */
  time: number
}

interface ReportOptions {
  services: Pick<Services, 'clock'>
  config: Pick<Config, 'trustProxy'>
  publicUrl: () => string
  stopping: AbortSignal
}

/** Silences before the second and third event: the last outlasts a ping interval of `sessions.events`. */
const silencesMs = [500, 16_000]

/** `perAddress`: one client leaves streams to others. An IPv6 /64 counts as one address. */
const maxStreams = { total: 16, perAddress: 2 }

/**
 * Tells the caller what the server knows about the caller's own connection, so that an operator finds a wrong
 * proxy from outside. With `Accept: text/event-stream` it sends three events instead, at 0, 0.5 and 16.5
 * seconds, by which a caller notices a proxy that holds events back or cuts silent streams.
 */
export function connectionReport(options: ReportOptions): RequestHandler {
  const streams = createInFlightCounter()
  return async (request, response) => {
    response.set('Cache-Control', 'no-store, no-transform')
    if (request.headers.accept !== 'text/event-stream') {
      return void response.json(reportOf(request, options))
    }
    const key = addressKey(clientAddress(request))
    if (streams.total >= maxStreams.total || streams.count(key) >= maxStreams.perAddress) {
      return sendFailure(response, { reason: 'UNAVAILABLE', retryAfterSeconds: 20 })
    }
    using _slot = streams.enter(key)
    await sendEvents(response, options.stopping)
  }
}

function reportOf(request: Request, { services, config, publicUrl }: ReportOptions): ConnectionReport {
  const address = clientAddress(request)
  const problem = addressProblem(request)
  return {
    address: address !== null && isPrivateAddress(address) ? 'private' : address,
    addressProblem: problem,
    isForwarded:
      config.trustProxy > 0 && problem === null && request.headers['x-forwarded-for'] !== undefined,
    publicUrl: publicUrl(),
    time: services.clock(),
  }
}

async function sendEvents(response: Response, stopping: AbortSignal): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  const signal = AbortSignal.any([left.signal, stopping])
  // As `sessions.events` does.
  response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  response.write('data: 1\n\n')
  try {
    for (const [index, silenceMs] of silencesMs.entries()) {
      await sleep(silenceMs, undefined, { signal })
      response.write(`data: ${index + 2}\n\n`)
    }
  } catch {
    // The caller left, or the server stops.
  }
  response.end()
}
