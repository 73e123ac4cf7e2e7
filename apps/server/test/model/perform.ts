import { unknownToken } from '../support/give-token.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { Credentials, RawAnswer } from '../support/raw-call.ts'
import type { Device, Typed } from './command.ts'
import { dataOf, describeResult } from './describe-result.ts'
import type { Outside } from './outside.ts'
import type { Call, Outcome } from './predict.ts'
import { requestOf } from './request-of.ts'
import { instantOf } from './servers.ts'

/**
 * Does over HTTP what the model predicts.
 * @param passwords the two passwords of the user in the call
 */
export async function perform(
  outside: Outside,
  url: string,
  call: Call,
  passwords: Record<Typed, string>,
): Promise<Outcome> {
  const credentials = credentialsOf(outside, call)
  const { path, input } = requestOf(outside, call, passwords)
  const answer =
    input === undefined ? await get(url, path, credentials) : await post(url, path, input, credentials)
  const effect = takeCookie(outside, call.by.device, answer)
  const reason = reasonIn(answer)
  return { answer: reason ?? `ok ${describeResult(outside, call, answer)}`.trim(), cookie: effect }
}

function credentialsOf({ currentCookie, tokens }: Outside, call: Call): Credentials | undefined {
  if (call.do !== 'call by a token' && call.do !== 'change the name by a token')
    return currentCookie[call.by.device]
  return { token: tokens.at(-1 - call.which)?.token ?? unknownToken }
}

/** Returns the result of `auth.session` for a cookie, in the terms of the model. */
export async function askWhoIs(outside: Outside, url: string, cookie: string): Promise<string> {
  const answer = await get(url, 'auth.session', cookie)
  if (answer.cookies.length > 0) return 'a cookie, which auth.session never sets'
  if (answer.status !== 200) return reasonIn(answer) ?? answer.text
  const current = dataOf<{
    user: { username: string; role: string }
    session: { id: string; createdAt: string; lastSeenAt: string; expiresAt: string }
  } | null>(answer)
  if (current === null) return 'signed out'
  const { user, session } = current
  const times = [session.createdAt, session.lastSeenAt, session.expiresAt].map(instantOf)
  const number = outside.sessionIds.indexOf(session.id) + 1
  return `${user.username} (${user.role}), session ${number} of ${times[0]}, seen ${times[1]}, until ${times[2]}`
}

/** Stores the cookies of a response, like a browser that never expires them. */
function takeCookie(outside: Outside, device: Device, { headers }: RawAnswer): string {
  const line = headers.getSetCookie().find((one) => one.startsWith('session='))
  if (line === undefined) return 'kept'
  const [cookie = '', ...attributes] = line.split('; ')
  if (cookie === 'session=') {
    outside.currentCookie[device] = undefined
    return 'cleared'
  }
  outside.currentCookie[device] = cookie
  outside.cookies.push(cookie)
  const sid = sessionIdIn(cookie)
  if (!outside.sessionIds.includes(sid)) outside.sessionIds.push(sid)
  const maxAge = attributes.find((attribute) => attribute.startsWith('Max-Age='))
  return maxAge === undefined ? 'new' : `new for ${maxAge.slice('Max-Age='.length)} s`
}

/** The token is signed and not encrypted, so its session is readable. */
function sessionIdIn(cookie: string): string {
  const payload = Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString()
  // Sound: our own token.
  return (JSON.parse(payload) as { sid: string }).sid
}
