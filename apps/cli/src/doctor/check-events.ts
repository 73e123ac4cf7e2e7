import { networkProblem } from '../remote/network-problem.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, fail, skipped } = findingsOf('events')
const idle = findingsOf('idle')

/** The server sends the first two events half a second apart; together they were held back. */
const apartMs = 250
const mostTries = 4
/** The third comes after 16 seconds of silence. */
const idleTimeoutMs = 25_000

const unbuffer =
  'nginx: proxy_buffering off; gzip off; and no proxy_ignore_headers X-Accel-Buffering; Caddy: flush_interval -1; HAProxy: no compression of text/event-stream'
const keepOpen = 'nginx: proxy_read_timeout 60s; HAProxy: timeout server 60s, timeout client 60s'

interface Arrival {
  /** When each event arrived, in milliseconds. */
  times: number[]
  /** Why the stream ended before its last event; null if it did not. */
  problem: string | null
  status: number
}

/** Checks whether events pass the proxy when they are sent, and whether it keeps a silent stream open. */
export async function checkEvents(subject: Subject): Promise<Finding[]> {
  let arrival = await receive(subject)
  // A pause of this machine at the wrong moment looks the same, but not each time.
  for (let tries = 1; isTogether(arrival) && tries < mostTries; tries += 1) arrival = await receive(subject)
  const { times, problem, status } = arrival
  if (status !== 200) return [skipped(`The server sends no events for this check (status ${status}).`)]
  if (times.length < 2) {
    return [fail(`No events arrive. ${problem ?? ''}`.trim(), unbuffer)]
  }
  if (isTogether({ times })) {
    return [fail('A proxy holds events back: two that were sent apart arrived together.', unbuffer)]
  }
  const arrived = ok('Events arrive when they are sent.')
  if (!subject.waitsForIdle)
    return [arrived, idle.skipped('Add --idle to check silent streams (17 seconds).')]
  if (times.length < 3) {
    return [arrived, idle.fail('A stream that is silent for 16 seconds is cut off.', keepOpen)]
  }
  return [arrived, idle.ok('A stream that is silent for 16 seconds stays open.')]
}

function isTogether({ times: [first, second] }: Pick<Arrival, 'times'>): boolean {
  return first !== undefined && second !== undefined && second - first < apartMs
}

async function receive(subject: Subject): Promise<Arrival> {
  const times: number[] = []
  const wanted = subject.waitsForIdle ? 3 : 2
  try {
    const { status } = await ask(subject, '/connectionz', {
      // As browsers send it: some proxies hold events back while they compress.
      headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip' },
      timeoutMs: idleTimeoutMs,
      onChunk: (text) => {
        for (const _ of text.matchAll(/^data:/gm)) times.push(performance.now())
        return times.length < wanted
      },
    })
    return { times, problem: null, status }
  } catch (error) {
    const problem = networkProblem(error, subject.server.host)
    return { times, problem, status: 200 }
  }
}
