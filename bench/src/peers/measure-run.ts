import type { Round } from '../report.ts'
import { checkTypesOfClients, clients } from './clients.ts'
import { measureCalls } from './measure-calls.ts'
import { measureEntries, measureStorm } from './measure-entries.ts'
import type { StormRound } from './measure-entries.ts'
import { peers } from './peers.ts'
import { startPeer } from './start-peer.ts'

export interface RunSettings {
  /** Of protected calls. Rounds that take longer are fewer. */
  rounds: number
  seconds: number
  /** Calls of each kind before the first round, because V8 compiles by the number of calls. */
  warmupCalls: number
  connections: number
  hashCost: number
  withFlask: boolean
}

/** The rounds of each subject. The first subject is ours. */
export type Subjects<R> = ReadonlyMap<string, R[]>

export interface Run {
  calls: Subjects<Round>
  logins: Subjects<Round>
  signups: Subjects<Round>
  storms: Subjects<StormRound>
  /** CPU time of the compiler in ms. */
  typeChecks: Subjects<number>
}

/** Of one account, our server runs at most 4 calls at the same time. */
const userCount = 8

/** Starts all servers and measures them by turns, so that other load on the machine affects all of them. */
export async function measureRun(settings: RunSettings): Promise<Run> {
  const { rounds, seconds, connections, warmupCalls, hashCost } = settings
  await using stack = new AsyncDisposableStack()
  const running = []
  for (const peer of peers) {
    if (peer.program === 'flask' && !settings.withFlask) continue
    running.push(stack.use(await startPeer(peer, hashCost, userCount)))
  }
  const fewer = Math.ceil(rounds / 8)
  const calls = running.flatMap((server) => server.peer.calls.map((call) => ({ server, call })))
  for (const { server, call } of calls) {
    for (let done = 0; done < warmupCalls;) {
      const { requestsPerSecond } = await measureCalls(server, call, { connections, seconds })
      done += requestsPerSecond * seconds
    }
  }
  return {
    calls: await byTurns(
      rounds,
      calls,
      ({ call }) => call.name,
      ({ server, call }) => measureCalls(server, call, { connections, seconds }),
    ),
    logins: await byTurns(fewer, running, nameOf, (server) => measureEntries(server, 'log-in', 4 * seconds)),
    signups: await byTurns(fewer, running, nameOf, (server) =>
      measureEntries(server, 'sign-up', 4 * seconds),
    ),
    storms: await byTurns(
      fewer,
      calls.filter(({ server, call }) => server.peer.calls[0] === call),
      ({ call }) => call.name,
      ({ server, call }) => measureStorm(server, call, { clients: userCount, seconds: 8 * seconds }),
    ),
    typeChecks: new Map(
      checkTypesOfClients(rounds).map((times, index) => [clients[index]?.name ?? '', times]),
    ),
  }
}

function nameOf({ peer }: { peer: { name: string } }): string {
  return peer.name
}

async function byTurns<Subject, R>(
  rounds: number,
  subjects: readonly Subject[],
  name: (subject: Subject) => string,
  measure: (subject: Subject) => Promise<R>,
): Promise<Subjects<R>> {
  const measured = new Map(subjects.map((subject): [string, R[]] => [name(subject), []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) measured.get(name(subject))?.push(await measure(subject))
  }
  return measured
}
