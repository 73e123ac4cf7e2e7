// Three accounts with several sessions each, which call as often as their limits allow. The parent process
// passes the cookies and the kind of calls as arguments, then sends `begin` and `stop`. The reply to `stop`
// is the report.
import { setTimeout as sleep } from 'node:timers/promises'
import { pathsOf } from './neighbours-attacks.ts'
import type { AttackKind } from './neighbours-attacks.ts'
import { openConnection } from './storm-connection.ts'

/** The number of responses by status, and their size. */
export interface AttackReport {
  statuses: Record<string, number>
  megabytes: number
}

const [, , portText = '', kind = 'pages', connections = '4', networks = '1', cookieList = '[]'] = process.argv
const port = Number(portText)
// Sound: the parent process passes the session cookies of each account.
const accounts = JSON.parse(cookieList) as string[][]
// Sound: the parent process checks it.
const paths = pathsOf(kind as AttackKind)

let report: AttackReport = { statuses: {}, megabytes: 0 }
let isRunning = false
process.on('message', (message: string) => {
  if (message === 'begin') {
    isRunning = true
    report = { statuses: {}, megabytes: 0 }
    for (const [at, sessions] of accounts.entries()) {
      for (const [session, cookie] of sessions.entries()) {
        for (let count = 0; count < Number(connections); count += 1)
          void attack(cookie, `127.0.${at % Number(networks)}.${at + 2}`, at + session + count)
      }
    }
    return
  }
  isRunning = false
  process.send?.(report)
})
process.once('disconnect', () => process.exit())
process.send?.('ready')

async function attack(cookie: string, from: string, first: number): Promise<void> {
  let connection = openConnection(port, from)
  for (let turn = first; isRunning; turn += 1) {
    const path = paths[turn % paths.length] ?? ''
    if (!connection.isOpen) connection = openConnection(port, from)
    try {
      const { status, text } = await connection.ask(
        `GET ${path} HTTP/1.1\r\nHost: ${connection.host}\r\nCookie: ${cookie}\r\n\r\n`,
      )
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      report.megabytes += text.length / 1024 / 1024
      const wait = /^retry-after: (\d+)/im.exec(text.slice(0, 2_000))?.[1]
      if (wait !== undefined) await sleep(Math.min(Number(wait), 2) * 1_000)
    } catch {
      report.statuses['cut'] = (report.statuses['cut'] ?? 0) + 1
      await sleep(100)
    }
  }
  connection.close()
}
