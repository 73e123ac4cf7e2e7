import { setTimeout as sleep } from 'node:timers/promises'
import { actorWithCookie, newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get, post } from '../support/raw-call.ts'
import type { Cluster } from './cluster.ts'
import { timedCalls } from './timed-calls.ts'
import type { TimedCalls } from './timed-calls.ts'
import { visitor } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import { writer } from './writer.ts'
import type { Writer } from './writer.ts'

/** Users who are at work until they are stopped. */
export interface Load extends Omit<TimedCalls, 'timed'> {
  readonly users: readonly CookieActor[]
  readonly writers: readonly Writer[]
  readonly visitors: readonly Visitor[]
  /** A user who does nothing, for other calls. */
  readonly idle: CookieActor
  stop(): Promise<void>
}

/** @param count how many users write, and how many log in and out */
export async function startLoad(
  { front, keeper }: Pick<Cluster, 'front' | 'keeper'>,
  count: { writers: number; visitors: number },
): Promise<Load> {
  const signUp = async () => actorWithCookie(front, await newUser(keeper))
  const signUps = (times: number) => Promise.all(Array.from({ length: times }, signUp))
  const [idle, users, visiting] = await Promise.all([
    signUp(),
    signUps(count.writers),
    signUps(count.visitors),
  ])
  const calls = timedCalls()
  const writers = users.map((user) => writer(front.url, user, calls))
  const visitors = await Promise.all(visiting.map((user) => visitor(front, user, calls)))
  let isOver = false
  const working = [...writers, ...visitors].map(async ({ takeTurn }) => {
    for (let turn = 0; !isOver; turn += 1) await takeTurn(turn)
  })
  return {
    users,
    writers,
    visitors,
    idle,
    answers: calls.answers,
    get slowestMs() {
      return calls.slowestMs
    },
    stop: async () => {
      isOver = true
      await Promise.all(working)
    },
  }
}

/** What a fault took from the users: confirmed writes, and sessions, on any server. */
export async function lossesOf(urls: readonly string[], { users, writers, visitors }: Load) {
  const [lost, statuses, ofVisitors] = await Promise.all([
    Promise.all(writers.map((each) => each.losses())),
    Promise.all(
      users.flatMap(({ cookie }) => urls.map(async (url) => (await get(url, 'account.me', cookie)).status)),
    ),
    Promise.all(visitors.map((each) => each.losses(urls))),
  ])
  const refused = statuses.filter((status) => status !== 200).map(String)
  return { lost: lost.flat(), sessions: [...refused, ...ofVisitors.flat()] }
}

/**
 * Waits until a user can write at each of the addresses. Default: the proxy, and every server.
 * @returns after how many milliseconds
 */
export async function untilServed(
  { front, urls }: Cluster,
  user: CookieActor,
  at: readonly string[] = [front.url, ...urls],
): Promise<number> {
  const begun = performance.now()
  const untilOk = async (url: string) => {
    for (;;) {
      const answer = await post(url, 'account.updateProfile', { name: 'Ada' }, user.cookie).catch(() => null)
      if (answer?.status === 200) return
      await sleep(20)
    }
  }
  await Promise.all(at.map(untilOk))
  return performance.now() - begun
}
