// The login storm: clients that log in without pause, each with its own account and address, in their own
// process. They sign up first and log in between `begin` and `stop`. The report has the responses after
// `measure`.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { openConnection, post } from './storm-connection.ts'
import type { Answer } from './storm-connection.ts'

/** The responses during the measurement. */
export interface StormReport {
  /** Successful log-ins and wrong passwords, because each of them needed a hash. */
  completed: number
  /** Time from the first to the last of them. */
  completedMs: number
  /** The longest of them. */
  longestMs: number
  busyMs: number[]
  /** Other responses by reason. */
  others: Record<string, number>
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '' },
    clients: { type: 'string', default: '64' },
    /** Ignores Retry-After. */
    impatient: { type: 'boolean', default: false },
  },
})
const port = Number(values.port)
const password = 'an anchor and a lamp'
const clients = Array.from({ length: Number(values.clients) }, (_, i) => {
  const address = `127.0.${1 + Math.floor(i / 250)}.${1 + (i % 250)}`
  return { username: `storm-${i}`, address, connection: openConnection(port, address), attempts: 0 }
})
type Client = (typeof clients)[number]

let isStorming = false
let measuredFrom = Number.POSITIVE_INFINITY
let report: StormReport = emptyReport()
let firstAt = 0

await Promise.all(clients.map(signUp))
process.send?.('ready')
for (;;) {
  await once(process, 'message')
  isStorming = true
  const storm = Promise.all(clients.map(keepLoggingIn))
  await once(process, 'message')
  report = emptyReport()
  measuredFrom = performance.now()
  firstAt = 0
  await once(process, 'message')
  const finished = report
  measuredFrom = Number.POSITIVE_INFINITY
  isStorming = false
  await storm
  process.send?.(finished)
}

async function signUp({ username, connection }: Client): Promise<void> {
  for (;;) {
    const answer = await connection.ask(post(connection, 'auth.signup', signupInput({ username, password })))
    if (answer.status === 200) return
    if (!isBusy(answer)) throw new Error(answer.text)
    await sleep(1_000)
  }
}

async function keepLoggingIn(client: Client): Promise<void> {
  while (isStorming) {
    client.attempts += 1
    // Every fourth password is wrong. The correct ones in between prevent a lockout.
    const typed = client.attempts % 4 === 0 ? 'an anchor and a lump' : password
    if (!client.connection.isOpen) client.connection = openConnection(port, client.address)
    const sentAt = performance.now()
    const answer = await client.connection.ask(
      post(client.connection, 'auth.login', { username: client.username, password: typed }),
    )
    record(answer, sentAt)
    if (isBusy(answer) && !values.impatient) await sleep(retryAfterMs(answer))
  }
}

function record(answer: Answer, sentAt: number): void {
  const now = performance.now()
  if (sentAt < measuredFrom && now < measuredFrom) return
  if (answer.status === 200 || answer.text.includes('INVALID_CREDENTIALS')) {
    // The first one starts the measurement.
    if (firstAt === 0) firstAt = now
    else report.completed += 1
    report.completedMs = now - firstAt
    report.longestMs = Math.max(report.longestMs, now - sentAt)
  } else if (isBusy(answer)) {
    report.busyMs.push(now - sentAt)
  } else {
    const reason = /"reason":"(\w+)"/.exec(answer.text)?.[1] ?? `status ${answer.status}`
    report.others[reason] = (report.others[reason] ?? 0) + 1
  }
}

function isBusy(answer: Answer): boolean {
  return answer.status === 503 && retryAfterMs(answer) > 0 && answer.text.includes('"BUSY"')
}

function retryAfterMs({ text }: Answer): number {
  return Number(/\r\nretry-after: (\d+)\r\n/i.exec(text)?.[1] ?? 0) * 1_000
}

function emptyReport(): StormReport {
  return { completed: 0, completedMs: 0, longestMs: 0, busyMs: [], others: {} }
}
