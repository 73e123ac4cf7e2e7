// Three accounts with several sessions each, which call as often as their limits allow. The parent process
// passes the kind of calls as an argument, and sends the accounts to begin a round, and `stop` to end it. The
// reply to `stop` follows the last response, and is the report of the round.
import { setTimeout as sleep } from 'node:timers/promises'
import { callsOf } from './neighbours-attacks.ts'
import type { AttackCall, AttackingAccount, AttackKind } from './neighbours-attacks.ts'
import { createUnread, readStart } from './neighbours-unread.ts'
import { openConnection, rawRequest } from './storm-connection.ts'

/** The number of responses by status, and their size. */
export interface AttackReport {
  statuses: Record<string, number>
  megabytes: number
}

const [, , portText = '', kind = 'pages', connections = '4', networks = '1', patience = ''] = process.argv
const port = Number(portText)

let end = () => {}
process.on('message', (message: 'stop' | readonly AttackingAccount[]) => {
  if (message === 'stop') end()
  else void attackUntilEnd(message).then((report) => process.send?.(report))
})
process.once('disconnect', () => process.exit())
process.send?.('ready')

async function attackUntilEnd(accounts: readonly AttackingAccount[]): Promise<AttackReport> {
  const report: AttackReport = { statuses: {}, megabytes: 0 }
  const stopping = new AbortController()
  end = () => stopping.abort()
  const attackers = accounts.flatMap((account, index) => {
    const from = `127.0.${index % Number(networks)}.${index + 2}`
    // Sound: the parent process checks it.
    const calls = callsOf(kind as AttackKind, account)
    return account.cookies.flatMap((cookie) =>
      Array.from({ length: Number(connections) }, () => ({ cookie, from, calls })),
    )
  })
  // Each begins at another call, so that a short round has all of them.
  await Promise.all(
    attackers.map((attacker, index) => {
      const first = Math.floor((index * attacker.calls.length) / attackers.length)
      return attack({ ...attacker, first }, report, stopping.signal)
    }),
  )
  return report
}

interface Attacker {
  cookie: string
  /** Its address. */
  from: string
  calls: readonly AttackCall[]
  /** The index of its first call. */
  first: number
}

async function attack(
  { cookie, from, calls, first }: Attacker,
  report: AttackReport,
  stopped: AbortSignal,
): Promise<void> {
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopped }).catch(() => undefined)
  const requests = calls.map((call) => ({ ...call, text: rawRequest(`127.0.0.1:${port}`, call, cookie) }))
  const unread = createUnread()
  let connection = openConnection(port, from)
  const answerTo = async ({ reads, text }: (typeof requests)[number]) => {
    if (reads === 'nothing') return unread.open({ port, from, text })
    if (reads === 'start') return readStart({ port, from, text })
    if (!connection.isOpen) connection = openConnection(port, from)
    return connection.ask(text)
  }
  for (let turn = first; !stopped.aborted; turn += 1) {
    const request = requests[turn % requests.length]
    if (request === undefined) break
    try {
      const { status, text } = await answerTo(request)
      report.statuses[status] = (report.statuses[status] ?? 0) + 1
      report.megabytes += text.length / 1024 / 1024
      const wait = /^retry-after: (\d+)/im.exec(text.slice(0, 2_000))?.[1]
      if (wait !== undefined && patience !== 'impatient') await pause(Math.min(Number(wait), 2) * 1_000)
    } catch {
      report.statuses['cut'] = (report.statuses['cut'] ?? 0) + 1
      await pause(100)
    }
  }
  connection.close()
  unread.close()
}
