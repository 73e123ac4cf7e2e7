import { setTimeout as sleep } from 'node:timers/promises'
import { password } from '../support/actors.ts'
import { post, reasonIn } from '../support/raw-call.ts'

interface StormOptions {
  url: string
  usernames: readonly string[]
  clients: number
  durationMs: number
}

/** How long a client that ignores `Retry-After` waits after BUSY. */
const impatientMs = 100

/**
 * Lets clients log in without pause. Every fourth password is wrong, and every second client ignores
 * `Retry-After`.
 * @returns the answers by reason; when each log-in with the right password succeeded, since the begin; the
 * cookies of the sessions; and the longest time of an answer
 */
export async function stormOfLogins({ url, usernames, clients, durationMs }: StormOptions) {
  const answers: Record<string, number> = {}
  const succeededAt: number[] = []
  const sessions: string[] = []
  const startedAt = performance.now()
  const leftMs = () => startedAt + durationMs - performance.now()
  let slowestMs = 0
  const logInRepeatedly = async (client: number) => {
    for (let count = client; leftMs() > 0; count += 1) {
      const username = usernames[client % usernames.length]
      const begun = performance.now()
      const typed = { username, password: count % 4 === 0 ? 'wrong horse battery' : password }
      const answer = await post(url, 'auth.login', typed)
      const now = performance.now()
      slowestMs = Math.max(slowestMs, now - begun)
      const reason = reasonIn(answer) ?? (answer.status === 200 ? 'ok' : `status ${answer.status}`)
      answers[reason] = (answers[reason] ?? 0) + 1
      if (reason === 'ok') {
        succeededAt.push(now - startedAt)
        sessions.push(answer.cookies.join('; '))
      }
      if (reason !== 'BUSY') continue
      const askedMs = Number(answer.headers.get('retry-after')) * 1_000
      await sleep(client % 2 === 0 ? impatientMs : Math.max(0, Math.min(askedMs, leftMs())))
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => logInRepeatedly(client)))
  return { answers, succeededAt, sessions, slowestMs }
}
