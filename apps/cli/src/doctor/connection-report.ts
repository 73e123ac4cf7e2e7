import type { IncomingHttpHeaders } from 'node:http'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

/** What the server reports about the connection of a request; the body of `/connectionz`. */
export interface ConnectionReport {
  address: string | null
  addressProblem: string | null
  isForwarded: boolean
  publicUrl: string
  time: number
}

export interface ReportAnswer {
  report: ConnectionReport
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  clockOffsetMs: number
  remoteAddress: string
  /** The header `Server` or `Via`, which the server itself does not send. */
  proxy: string | null
}

/** Asks the server what it knows about this connection; null if it has no such answer. */
export async function askForReport(
  subject: Subject,
  headers: Record<string, string> = {},
): Promise<ReportAnswer | null> {
  const startedAt = subject.now()
  const response = await ask(subject, '/connectionz', { headers })
  const middle = (startedAt + subject.now()) / 2
  const report = response.status === 200 ? parse(response.body) : null
  if (report === null) return null
  return {
    report,
    clockOffsetMs: report.time - middle,
    remoteAddress: response.remoteAddress,
    proxy: proxyName(response.headers),
  }
}

/** The server itself sends neither header. */
function proxyName({ server, via }: IncomingHttpHeaders): string | null {
  const name = server ?? via ?? null
  return name === null ? null : String(name)
}

function parse(body: string): ConnectionReport | null {
  try {
    const value = JSON.parse(body) as Partial<ConnectionReport> | null
    const { address = null, addressProblem = null, isForwarded = false, publicUrl, time } = value ?? {}
    if (typeof publicUrl !== 'string' || !URL.canParse(publicUrl) || typeof time !== 'number') return null
    return { address, addressProblem, isForwarded, publicUrl, time }
  } catch {
    return null
  }
}
