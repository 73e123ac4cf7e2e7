import { setTimeout as sleep } from 'node:timers/promises'
import { password } from '../support/actors.ts'
import { post, reasonIn } from '../support/raw-call.ts'

interface FloodOptions {
  url: string
  usernames: readonly string[]
  clients: number
  durationMs: number
}

/** How long a client waits after BUSY: far less than `Retry-After` asks for. */
const pauseMs = 100

/**
 * Lets clients log in without pause. Every fourth password is wrong.
 * @returns the answers by reason, the cookies of the sessions, the longest time of an answer, and the time of
 * the whole flood
 */
export async function floodLogins({ url, usernames, clients, durationMs }: FloodOptions) {
  const answers: Record<string, number> = {}
  const sessions: string[] = []
  const startedAt = performance.now()
  const endsAt = startedAt + durationMs
  let slowestMs = 0
  const logInRepeatedly = async (client: number) => {
    for (let count = client; performance.now() < endsAt; count += 1) {
      const username = usernames[client % usernames.length]
      const begun = performance.now()
      const typed = { username, password: count % 4 === 0 ? 'wrong horse battery' : password }
      const answer = await post(url, 'auth.login', typed)
      slowestMs = Math.max(slowestMs, performance.now() - begun)
      const reason = reasonIn(answer) ?? 'ok'
      answers[reason] = (answers[reason] ?? 0) + 1
      if (reason === 'ok') sessions.push(answer.cookies.join('; '))
      if (reason === 'BUSY') await sleep(pauseMs)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => logInRepeatedly(client)))
  return { answers, sessions, slowestMs, tookMs: performance.now() - startedAt }
}
