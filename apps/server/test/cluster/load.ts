import { setTimeout as sleep } from 'node:timers/promises'
import { actorWithCookie, newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import type { Cluster } from './cluster.ts'

/** Far below the limits of an account. */
const pauseMs = 100

/** Users who write and read until they are stopped. */
export interface Load {
  readonly users: readonly CookieActor[]
  /** A user who does nothing, for other calls. */
  readonly idle: CookieActor
  /** How many answers there were, by reason or status; `none` for a connection that broke. */
  readonly answers: Record<string, number>
  /** The longest time that a user waited for an answer. */
  readonly slowestMs: number
  /** What the users wrote, and was confirmed, but that a later read did not show. */
  readonly lost: readonly string[]
  stop(): Promise<void>
}

export async function startLoad(
  { front, keeper }: Pick<Cluster, 'front' | 'keeper'>,
  count: number,
): Promise<Load> {
  const signUp = async () => actorWithCookie(front, await newUser(keeper))
  const [idle, users] = await Promise.all([signUp(), Promise.all(Array.from({ length: count }, signUp))])
  const answers: Record<string, number> = {}
  const lost: string[] = []
  let slowestMs = 0
  let isOver = false
  const timed = async (call: Promise<RawAnswer>): Promise<RawAnswer | null> => {
    const begun = performance.now()
    const answer = await call.catch(() => null)
    slowestMs = Math.max(slowestMs, performance.now() - begun)
    const name = describe(answer)
    answers[name] = (answers[name] ?? 0) + 1
    return answer
  }
  const work = async (user: CookieActor) => {
    let confirmed: string | undefined
    /** Failed writes: each may have been stored, also after its answer. */
    const doubtful = new Set<string>()
    const read = async () => {
      const answer = await timed(get(front.url, 'account.me', user.cookie))
      const shown = answer?.status === 200 ? nameIn(answer) : confirmed
      if (confirmed !== undefined && shown !== confirmed && !doubtful.has(shown ?? ''))
        lost.push(`${confirmed}, shown as ${shown}`)
      confirmed = shown
    }
    for (let turn = 0; !isOver; turn += 1) {
      const name = `Ada ${turn}`
      const changed = await timed(post(front.url, 'account.updateProfile', { name }, user.cookie))
      if (changed?.status === 200) confirmed = name
      else doubtful.add(name)
      await read()
      await read()
      await sleep(pauseMs)
    }
    // After the fault: what was confirmed last is still there.
    await read()
  }
  const working = users.map(work)
  return {
    users,
    idle,
    answers,
    get slowestMs() {
      return slowestMs
    },
    lost,
    stop: async () => {
      isOver = true
      await Promise.all(working)
    },
  }
}

/** Returns the name of the user in an answer of `account.me`. */
function nameIn({ text }: RawAnswer): string {
  // Sound: the output of the procedure.
  return (JSON.parse(text) as { result: { data: { name: string } } }).result.data.name
}

function describe(answer: RawAnswer | null): string {
  if (answer === null) return 'none'
  return answer.status === 200 ? 'ok' : (reasonIn(answer) ?? String(answer.status))
}

/** What a fault took from the users: confirmed writes, and sessions, which any server may refuse. */
export async function lossesOf({ urls }: Pick<Cluster, 'urls'>, { users, lost }: Load) {
  const sessions = await Promise.all(
    users.flatMap(({ cookie }) => urls.map(async (url) => (await get(url, 'account.me', cookie)).status)),
  )
  return { lost, sessions: sessions.filter((status) => status !== 200) }
}

/** Returns what a fault cost, for the report. */
export function figuresOf(
  { slowestMs }: Load,
  { lost, sessions }: Awaited<ReturnType<typeof lossesOf>>,
): Record<string, number> {
  return {
    'longest request (ms)': slowestMs,
    'lost writes': lost.length,
    'lost sessions': sessions.length,
  }
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
