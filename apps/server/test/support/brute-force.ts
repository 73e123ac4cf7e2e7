import { signupInput } from '@app/contract/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { post, reasonIn } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'

export const ada = { username: 'ada', password: 'correct horse battery' }
export const wrong = { ...ada, password: 'wrong horse' }
export const second = 1_000
export const hour = 3_600 * second

export const login = (app: TestApp, input: object, cookie?: string) =>
  post(app.url, 'auth.login', input, cookie)

/** Signs Ada up. @returns the cookie that makes her browser a known device */
export async function signUp(app: TestApp): Promise<string> {
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  return deviceCookie(cookies)
}

export function deviceCookie(cookies: readonly string[]): string {
  return cookies.find((cookie) => cookie.startsWith('known-device=')) ?? 'no device cookie'
}

/** Guesses passwords of an account. @returns the reason and Retry-After of each response */
export async function guess(app: TestApp, times: number, input: object, cookie?: string): Promise<unknown[]> {
  const seen: unknown[] = []
  for (let count = 0; count < times; count += 1) seen.push(verdict(await login(app, input, cookie)))
  return seen
}

/** Counts the failures in all throttle rows, without the totals of accounts. */
export async function counted(app: TestApp): Promise<number> {
  const rows = await app.services.db.read
    .selectFrom('login_throttles')
    .where('bucket', 'not like', 'total:%')
    .select('failures')
    .execute()
  return rows.reduce((sum, { failures }) => sum + failures, 0)
}

export function verdict(answer: RawAnswer): unknown {
  const wait = answer.headers.get('retry-after')
  return wait === null ? (reasonIn(answer) ?? 'signed in') : `${reasonIn(answer)} ${wait}`
}
