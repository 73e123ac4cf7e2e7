// Three accounts with several sessions each, which call as often as their limits allow. The parent process
// passes the kind of calls as an argument, and sends the cookies of each account to begin a round, and `stop`
// to end it. The reply to `stop` follows the last response, and is the report of the round.
import { setTimeout as sleep } from 'node:timers/promises'
import { pathsOf } from './neighbours-attacks.ts'
import type { AttackKind } from './neighbours-attacks.ts'
import { openConnection } from './storm-connection.ts'

/** The session cookies of each account. */
export type AttackingAccounts = readonly (readonly string[])[]

/** The number of responses by status, and their size. */
export interface AttackReport {
  statuses: Record<string, number>
  megabytes: number
}

const [, , portText = '', kind = 'pages', connections = '4', networks = '1'] = process.argv
const port = Number(portText)
// Sound: the parent process checks it.
const paths = pathsOf(kind as AttackKind)

let end = () => {}
process.on('message', (message: 'stop' | AttackingAccounts) => {
  if (message === 'stop') end()
  else void attackUntilEnd(message).then((report) => process.send?.(report))
})
process.once('disconnect', () => process.exit())
process.send?.('ready')

async function attackUntilEnd(accounts: AttackingAccounts): Promise<AttackReport> {
  const report: AttackReport = { statuses: {}, megabytes: 0 }
  const stopping = new AbortController()
  end = () => stopping.abort()
  await Promise.all(
    accounts.flatMap((sessions, at) =>
      sessions.flatMap((cookie, session) =>
        Array.from({ length: Number(connections) }, (_, connection) => {
          const from = `127.0.${at % Number(networks)}.${at + 2}`
          return attack({ cookie, from, first: at + session + connection }, report, stopping.signal)
        }),
      ),
    ),
  )
  return report
}

interface Attacker {
  cookie: string
  /** Its address. */
  from: string
  /** The index of its first path. */
  first: number
}

async function attack(
  { cookie, from, first }: Attacker,
  report: AttackReport,
  stopped: AbortSignal,
): Promise<void> {
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopped }).catch(() => undefined)
  let connection = openConnection(port, from)
  for (let turn = first; !stopped.aborted; turn += 1) {
    const path = paths[turn % paths.length] ?? ''
    if (!connection.isOpen) connection = openConnection(port, from)
    try {
      const { status, text } = await connection.ask(
        `GET ${path} HTTP/1.1\r\nHost: ${connection.host}\r\nCookie: ${cookie}\r\n\r\n`,
      )
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      report.megabytes += text.length / 1024 / 1024
      const wait = /^retry-after: (\d+)/im.exec(text.slice(0, 2_000))?.[1]
      if (wait !== undefined) await pause(Math.min(Number(wait), 2) * 1_000)
    } catch {
      report.statuses['cut'] = (report.statuses['cut'] ?? 0) + 1
      await pause(100)
    }
  }
  connection.close()
}
