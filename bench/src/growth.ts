// Measures the same calls on databases of several sizes, side by side, and prints how many times as much they
// take as on the smallest one; see bench/README.md.
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { usernameOf } from '@app/router/testing'
import { stopMeasuring } from './connection-cpu-time.ts'
import { adminLogin, login, measuredCalls, plainUser, signup } from './growth-calls.ts'
import type { Visit } from './growth-calls.ts'
import { fillGrowthDatabase, removeGrowthDatabase } from './growth-database.ts'
import { signUpWithPasskey } from './growth-passkey.ts'
import { printGrowth, printTarget } from './growth-report.ts'
import type { Spent } from './growth-report.ts'
import { setExpiredRows, measure, startSubject, stopSubject } from './growth-subject.ts'
import type { Subject } from './growth-subject.ts'
import { printMachine } from './timed-calls.ts'

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'sqlite' },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    rounds: { type: 'string', default: '100' },
    starts: { type: 'string', default: '5' },
    'nothing-expired': { type: 'boolean', default: false },
    folder: { type: 'string', default: path.join(tmpdir(), 'app-growth') },
    keep: { type: 'boolean', default: false },
  },
})
const { kind, folder } = values
if (kind !== 'sqlite' && kind !== 'postgres')
  throw new Error(`--kind must be sqlite or postgres, not ${kind}.`)
const [rounds, starts] = [Number(values.rounds), Number(values.starts)]
const warmupRounds = Math.ceil(rounds / 5)

const roundsPerRefill = 5

interface Measured extends Subject {
  admin: string
  withPasskey: string
  spent: Map<string, Spent[]>
}

const subjects: Measured[] = []
for (const users of values.sizes.split(',').map(Number)) {
  const { subject } = await startSubject(users, await fillGrowthDatabase({ kind, users, folder }))
  const username = `with-passkey-${Date.now().toString(36)}`
  const withPasskey = await signUpWithPasskey(subject.client, { username })
  subjects.push({ ...subject, admin: '', withPasskey, spent: new Map() })
}
for (let round = -warmupRounds; round < rounds; round += 1) {
  const turn = round + warmupRounds
  for (const subject of turn % roundsPerRefill === 0 ? subjects : []) {
    // Some minutes after a log-in, calls of admins need the password again.
    subject.admin = (await subject.client.call(adminLogin)).cookie
    await setExpiredRows(subject, values['nothing-expired'] ? 0 : roundsPerRefill, turn === 0)
  }
  const visits = new Map<Subject, Visit>()
  for (const subject of inTurn(round)) visits.set(subject, await visit(subject, round))
  for (const { name, call } of measuredCalls) {
    for (const subject of inTurn(round)) {
      const seen = visits.get(subject)
      if (seen === undefined) throw new Error('Every subject has a visit.')
      record(subject, round, name, (await measure(subject, call(seen))).spent)
    }
  }
}
for (const subject of subjects) await stopSubject(subject)
for (let round = 0; round < starts; round += 1) {
  for (const { users, url, spent } of inTurn(round)) {
    const started = await startSubject(users, url)
    record({ spent }, round, 'start of a server', started.spent)
    await stopSubject(started.subject)
  }
}

printMachine()
console.log(
  `${kind}, no hashes, commits do not wait for the disk, ${values['nothing-expired'] ? 'no' : 'ten'} expired rows a sweep; ${rounds} rounds after ${warmupRounds} of warm-up\n`,
)
console.log(`${printGrowth(subjects)}\n\n${printTarget(subjects)}`)
await stopMeasuring()
if (!values.keep) for (const { users } of subjects) await removeGrowthDatabase({ kind, users, folder })

/** The subjects, in an order that changes with each round. */
function inTurn(round: number): Measured[] {
  const first = (round + warmupRounds) % subjects.length
  return [...subjects.slice(first), ...subjects.slice(0, first)]
}

async function visit(subject: Measured, round: number): Promise<Visit> {
  const { users, client, admin, withPasskey } = subject
  const turn = round + warmupRounds
  const username = usernameOf(plainUser(users, turn))
  const fresh = `${Date.now().toString(36)}-${turn}`
  const seen = { username, id: '', admin, withPasskey, fresh, cookie: '', victim: '' }
  const { answer, spent } = await measure(subject, login.call(seen))
  record(subject, round, login.name, spent)
  const { text } = await client.call(signup(`removed-${fresh}`))
  return { ...seen, id: userIdIn(answer.text), cookie: answer.cookie, victim: userIdIn(text) }
}

/** Returns the id of the user whom a log-in or sign-up returned. */
function userIdIn(text: string): string {
  return /"user":\{"id":"([^"]+)"/.exec(text)?.[1] ?? ''
}

function record({ spent }: Pick<Measured, 'spent'>, round: number, name: string, each: Spent): void {
  if (round < 0) return
  spent.set(name, [...(spent.get(name) ?? []), each])
}
