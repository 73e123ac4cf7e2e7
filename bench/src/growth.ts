// Measures the same calls on databases of several sizes, side by side, and prints how much longer they take
// than on the smallest one; see bench/README.md.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { usernameOf } from '@app/router/testing'
import { reply, startProgram } from './child-program.ts'
import { adminLogin, login, measuredCalls, plainUser, signup } from './growth-calls.ts'
import type { Visit } from './growth-calls.ts'
import { createGrowthClient } from './growth-client.ts'
import type { GrowthClient } from './growth-client.ts'
import { fillGrowthDatabase, removeGrowthDatabase } from './growth-database.ts'
import { printGrowth } from './growth-report.ts'
import { printMachine } from './timed-calls.ts'

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'sqlite' },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    rounds: { type: 'string', default: '100' },
    starts: { type: 'string', default: '5' },
    folder: { type: 'string', default: path.join(tmpdir(), 'app-growth') },
    keep: { type: 'boolean', default: false },
  },
})
const { kind, folder } = values
if (kind !== 'sqlite' && kind !== 'postgres')
  throw new Error(`--kind must be sqlite or postgres, not ${kind}.`)
const [rounds, starts] = [Number(values.rounds), Number(values.starts)]
const warmupRounds = Math.ceil(rounds / 5)

interface Subject {
  users: number
  url: string
  server: ChildProcess
  client: GrowthClient
  admin: string
  /** Milliseconds of each measured name, in the order of the rounds. */
  times: Map<string, number[]>
}

const subjects: Subject[] = []
for (const users of values.sizes.split(',').map(Number)) {
  const url = await fillGrowthDatabase({ kind, users, folder })
  subjects.push({ users, url, times: new Map(), ...(await start(url)) })
}
for (let round = -warmupRounds; round < rounds; round += 1) {
  const visits = new Map<Subject, Visit>()
  for (const subject of inTurn(round)) visits.set(subject, await visit(subject, round))
  for (const { name, call } of measuredCalls) {
    for (const subject of inTurn(round)) {
      const seen = visits.get(subject)
      if (seen === undefined) throw new Error('Every subject has a visit.')
      record(subject, round, name, (await subject.client.call(call(seen))).ms)
    }
  }
}
for (const { server, client } of subjects) {
  client.close()
  await stop(server)
}
for (let round = 0; round < starts; round += 1) {
  for (const subject of inTurn(round)) {
    const { server, startMs } = await startServer(subject.url)
    record(subject, round, 'start of a server', startMs)
    await stop(server)
  }
}

printMachine()
console.log(
  `${kind}, no hashes, commits do not wait for the disk; ${rounds} rounds after ${warmupRounds} of warm-up\n`,
)
console.log(printGrowth(subjects.map(({ users, times }) => ({ users, times }))))
if (!values.keep) for (const { users } of subjects) await removeGrowthDatabase({ kind, users, folder })

/** The subjects, in an order that changes with each round. */
function inTurn(round: number): Subject[] {
  const first = (round + warmupRounds) % subjects.length
  return [...subjects.slice(first), ...subjects.slice(0, first)]
}

async function startServer(url: string): Promise<{ server: ChildProcess; port: number; startMs: number }> {
  const server = startProgram('growth-server.ts', [url])
  // Sound: the program sends this.
  return { server, ...((await reply(server)) as { port: number; startMs: number }) }
}

/** Waits for the end, because closing a database moves its log into the file. */
async function stop(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit')
  server.disconnect()
  await ended
}

async function start(url: string): Promise<Pick<Subject, 'server' | 'client' | 'admin'>> {
  const { server, port } = await startServer(url)
  const client = createGrowthClient(port)
  return { server, client, admin: (await client.call(adminLogin)).cookie }
}

async function visit(subject: Subject, round: number): Promise<Visit> {
  const { users, client, admin } = subject
  const turn = round + warmupRounds
  const username = usernameOf(plainUser(users, turn))
  const fresh = `${Date.now().toString(36)}-${turn}`
  const seen = { username, admin, fresh, cookie: '', victim: '' }
  const { ms, cookie } = await client.call(login.call(seen))
  record(subject, round, login.name, ms)
  const { text } = await client.call(signup(`removed-${fresh}`))
  const victim = /"user":\{"id":"([^"]+)"/.exec(text)?.[1] ?? ''
  return { ...seen, cookie, victim }
}

function record({ times }: Subject, round: number, name: string, ms: number): void {
  if (round < 0) return
  times.set(name, [...(times.get(name) ?? []), ms])
}
