// The storm of right passwords: attackers with accounts of their own log in again and again from a few
// addresses. What becomes of the log-ins of others? `node bench/src/storm.ts --attack logins` starts it; the
// server is a process of its own.
import { setTimeout as sleep } from 'node:timers/promises'
import { signupInput } from '@app/contract/testing'
import { percentile } from './report.ts'
import { openConnection, post } from './storm-connection.ts'
import type { Answer } from './storm-connection.ts'

interface LoginStorm {
  port: number
  /** Of the quiet time, and of the attack. */
  seconds: number
  attackers: number
  addresses: number
}

interface Outcomes {
  latenciesMs: number[]
  busy: number
}

const password = 'an anchor and a lamp'
const thirdParties = 4

/** People log in at leisure, and not in step with a hash. */
const pauseMs = 300

/** @returns what the log-ins of third parties took in quiet and in the attack, as text */
export async function stormOfLogins({ port, seconds, attackers, addresses }: LoginStorm): Promise<string> {
  const attackersAt = await signUpAll(port, attackers, (index) => `127.2.${index % addresses}.1`)
  const others = await signUpAll(port, thirdParties, (index) => `127.9.${index}.1`)
  const quiet = await measure(others, seconds)
  let isOver = false
  let attackerLogins = 0
  const attack = attackersAt.map(async (attacker) => {
    while (!isOver) {
      const answer = await attacker.logIn()
      if (answer.status === 200) attackerLogins += 1
      else await sleep(50)
    }
  })
  await sleep(2_000)
  attackerLogins = 0
  const attacked = await measure(others, seconds)
  const perSecond = attackerLogins / seconds
  isOver = true
  await Promise.all(attack)
  const ratio = (share: number) => at(attacked, share) / at(quiet, share)
  return [
    `${attackers} accounts log in from ${addresses} addresses without pause: ${perSecond.toFixed(1)}/s got in`,
    line('third parties', 'log-ins', 'BUSY', 'p50 ms', 'p90 ms'),
    ...[['quiet', quiet] as const, ['attacked', attacked] as const].map(([name, { latenciesMs, busy }]) =>
      line(
        name,
        String(latenciesMs.length),
        String(busy),
        at({ latenciesMs, busy }, 0.5).toFixed(0),
        at({ latenciesMs, busy }, 0.9).toFixed(0),
      ),
    ),
    `ratio: p50 ${ratio(0.5).toFixed(2)}, p90 ${ratio(0.9).toFixed(2)} ` +
      `[goal at most 3 and no BUSY: ${ratio(0.5) <= 3 && attacked.busy === 0 ? 'met' : 'NOT met'}]`,
  ].join('\n')
}

interface Person {
  logIn(): Promise<Answer>
}

async function signUpAll(
  port: number,
  count: number,
  addressOf: (index: number) => string,
): Promise<Person[]> {
  const people: Person[] = []
  for (let index = 0; index < count; index += 1) {
    const address = addressOf(index)
    const username = `p-${address.replaceAll('.', '-')}-${index}`
    let connection = openConnection(port, address)
    const answer = await connection.ask(post(connection, 'auth.signup', signupInput({ username, password })))
    if (answer.status !== 200) throw new Error(answer.text)
    people.push({
      logIn: () => {
        if (!connection.isOpen) connection = openConnection(port, address)
        return connection.ask(post(connection, 'auth.login', { username, password }))
      },
    })
  }
  return people
}

/** One third party after the other logs in. */
async function measure(people: readonly Person[], seconds: number): Promise<Outcomes> {
  const outcomes: Outcomes = { latenciesMs: [], busy: 0 }
  const endsAt = performance.now() + seconds * 1_000
  for (let turn = 0; performance.now() < endsAt; turn += 1) {
    const askedAt = performance.now()
    const answer = await people[turn % people.length]?.logIn()
    if (answer?.status === 200) outcomes.latenciesMs.push(performance.now() - askedAt)
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
