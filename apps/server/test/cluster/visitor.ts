import { setTimeout as sleep } from 'node:timers/promises'
import { rateLimits } from '@app/contract'
import type { PasskeyRequestOptions } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from '../support/actors.ts'
import { registerPasskey } from '../support/cookie-passkeys.ts'
import { get, post } from '../support/raw-call.ts'
import type { TimedCalls } from './timed-calls.ts'

const pauseMs = 500
/** So many stay logged in: there are sessions to end while no log-in succeeds. */
const kept = 3

/** A user who logs in and out. */
export interface Visitor {
  takeTurn(): Promise<void>
  /** Returns the confirmed log-ins that a server rejects, and the confirmed log-outs that one ignores. */
  losses(urls: readonly string[]): Promise<string[]>
}

/** The log-ins are by passkey: password hashes would wait for cores that other programs use. */
export async function visitor(front: TestApp, { cookie }: CookieActor, calls: TimedCalls): Promise<Visitor> {
  const { timed } = calls
  const { authenticator } = await registerPasskey(front, { cookie })
  const open: string[] = []
  const ended: string[] = []
  let left: number = rateLimits.passwordlessLoginsPerAccount.points
  /** @returns the cookies of the session */
  const logIn = async (): Promise<string | undefined> => {
    const asked = await timed(post(front.url, 'auth.passkeyOptions', { purpose: 'login' }))
    if (asked?.status !== 200) return undefined
    // Sound: the output of the procedure.
    const { result } = JSON.parse(asked.text) as { result: { data: PasskeyRequestOptions } }
    const response = authenticator.get(result.data)
    const answer = await timed(post(front.url, 'auth.passkeyLogin', { response }, asked.cookies.join('; ')))
    return answer?.status === 200 ? answer.cookies.join('; ') : undefined
  }
  const expectStatus = async (urls: readonly string[], session: string, wanted: number) => {
    const answers = await Promise.all(urls.map((url) => get(url, 'account.me', session)))
    return answers.flatMap(({ status }) => (status === wanted ? [] : [`${status} instead of ${wanted}`]))
  }
  return {
    takeTurn: async () => {
      const opened = left > 0 ? await logIn() : undefined
      if (opened !== undefined) {
        left -= 1
        open.push(opened)
      }
      const oldest = open.length > kept ? open.shift() : undefined
      if (oldest !== undefined) {
        // One that fails may have ended the session or not.
        const closed = await timed(post(front.url, 'auth.logout', {}, oldest))
        if (closed?.status === 200) ended.push(oldest)
      }
      await sleep(pauseMs)
    },
    losses: async (urls) => {
      const lists = await Promise.all([
        ...open.map((session) => expectStatus(urls, session, 200)),
        ...ended.map((session) => expectStatus(urls, session, 401)),
      ])
      return lists.flat()
    },
  }
}
