// The storm of correct passwords: attackers log in to their own accounts repeatedly from a few addresses. It
// measures the log-ins of other users. `npm run bench -- storm --attack logins` starts it; the server runs
// in its own process.
import { setTimeout as sleep } from 'node:timers/promises'
import { signupInput } from '@app/contract/testing'
import { percentile } from './figures.ts'
import { openConnection, post } from './storm-connection.ts'
import type { Answer } from './storm-connection.ts'
import { targetOf } from './verdict.ts'

interface LoginStorm {
  port: number
  /** Duration of the baseline and of the attack. */
  seconds: number
  attackers: number
  addresses: number
}

interface Outcomes {
  latenciesMs: number[]
  busy: number
}

const password = 'an anchor and a lamp'
const otherUsers = 4

/** A pause of other users between log-ins, which is no multiple of the time of a hash. */
const pauseMs = 300

/** Runs the storm. @returns a text with the latencies of other users' log-ins before and during the attack */
export async function stormOfLogins({ port, seconds, attackers, addresses }: LoginStorm): Promise<string> {
  const attackersAt = await signUpAll(port, attackers, (index) => `127.2.${index % addresses}.1`)
  const others = await signUpAll(port, otherUsers, (index) => `127.9.${index}.1`)
  const baseline = await measure(others, seconds)
  let isOver = false
  let attackerLogins = 0
  const attack = attackersAt.map(async (attacker) => {
    while (!isOver) {
      const answer = await attacker.logIn()
      if (answer.status === 200) attackerLogins += 1
      else await sleep(50)
    }
  })
  await sleep(Math.min(2_000, seconds * 1_000))
  attackerLogins = 0
  const attacked = await measure(others, seconds)
  const perSecond = attackerLogins / seconds
  isOver = true
  await Promise.all(attack)
  const ratio = (share: number) => at(attacked, share) / at(baseline, share)
  // Without a log-in, none was rejected either.
  const busy = attacked.latenciesMs.length + attacked.busy === 0 ? Number.NaN : attacked.busy
  return [
    `${attackers} accounts log in from ${addresses} addresses without pause: ${perSecond.toFixed(1)}/s succeeded`,
    line('other users', 'log-ins', 'BUSY', 'p50 ms', 'p90 ms'),
    ...[['baseline', baseline] as const, ['attacked', attacked] as const].map(
      ([name, { latenciesMs, busy }]) =>
        line(
          name,
          String(latenciesMs.length),
          String(busy),
          at({ latenciesMs, busy }, 0.5).toFixed(0),
          at({ latenciesMs, busy }, 0.9).toFixed(0),
        ),
    ),
    `ratio: p50 ${ratio(0.5).toFixed(2)}, ${targetOf(ratio(0.5), 'at most', 3)}; p90 ${ratio(0.9).toFixed(2)}; ` +
      `${attacked.busy} BUSY, ${targetOf(busy, 'at most', 0)}`,
  ].join('\n')
}

interface LoginClient {
  logIn(): Promise<Answer>
}

async function signUpAll(
  port: number,
  count: number,
  addressOf: (index: number) => string,
): Promise<LoginClient[]> {
  const clients: LoginClient[] = []
  for (let index = 0; index < count; index += 1) {
    const address = addressOf(index)
    const username = `p-${address.replaceAll('.', '-')}-${index}`
    let connection = openConnection(port, address)
    const answer = await connection.ask(post(connection, 'auth.signup', signupInput({ username, password })))
    if (answer.status !== 200) throw new Error(answer.text)
    clients.push({
      logIn: () => {
        if (!connection.isOpen) connection = openConnection(port, address)
        return connection.ask(post(connection, 'auth.login', { username, password }))
      },
    })
  }
  return clients
}

/** Logs the users in one at a time. */
async function measure(clients: readonly LoginClient[], seconds: number): Promise<Outcomes> {
  const outcomes: Outcomes = { latenciesMs: [], busy: 0 }
  const endsAt = performance.now() + seconds * 1_000
  for (let count = 0; performance.now() < endsAt; count += 1) {
    const sentAt = performance.now()
    const answer = await clients[count % clients.length]?.logIn()
    if (answer?.status === 200) outcomes.latenciesMs.push(performance.now() - sentAt)
    else outcomes.busy += 1
    await sleep(pauseMs)
  }
  return outcomes
}

function at({ latenciesMs }: Outcomes, share: number): number {
  return percentile(Float64Array.from(latenciesMs).toSorted(), share)
}

function line(name: string, ...cells: string[]): string {
  return name.padEnd(16) + cells.map((cell) => cell.padStart(10)).join('')
}
