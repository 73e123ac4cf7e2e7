import { signupInput } from '@app/contract/testing'
import { unknownId } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import type { Device, Typed, Username } from './command.ts'
import type { Call, Outcome } from './predict.ts'
import { instantOf } from './servers.ts'

/** The devices outside the model. They store cookies and ids, and do not interpret them. */
export interface Outside {
  currentCookie: Record<Device, string | undefined>
  /** Every session cookie so far. */
  cookies: string[]
  userIds: Map<Username, string>
  /** In the order in which the sessions were opened. */
  sessionIds: string[]
}

export function newOutside(): Outside {
  return {
    currentCookie: { laptop: undefined, phone: undefined, tablet: undefined },
    cookies: [],
    userIds: new Map(),
    sessionIds: [],
  }
}

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
  const cookie = outside.currentCookie[call.by.device]
  const { path, input } = request(outside, call, passwords)
  const answer = input === undefined ? await get(url, path, cookie) : await post(url, path, input, cookie)
  const effect = takeCookie(outside, call.by.device, answer)
  const reason = reasonIn(answer)
  return { answer: reason ?? `ok ${describeResult(outside, call, answer)}`.trim(), cookie: effect }
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

/** A call without input is a query. */
function request(
  { userIds, sessionIds }: Outside,
  call: Call,
  passwords: Record<Typed, string>,
): { path: string; input?: object } {
  const user = 'username' in call ? { id: userIds.get(call.username) ?? unknownId } : {}
  switch (call.do) {
    case 'sign up': {
      const { username, remember } = call
      return { path: 'auth.signup', input: signupInput({ username, remember, password: passwords.right }) }
    }
    case 'log in': {
      const { username, remember } = call
      return { path: 'auth.login', input: { username, remember, password: passwords[call.password] } }
    }
    case 'call':
      return { path: 'account.me' }
    case 'log out':
      return { path: 'auth.logout', input: {} }
    case 'list sessions':
      return { path: 'sessions.list' }
    case 'elevate':
      return { path: 'auth.elevate', input: { password: passwords[call.password] } }
    case 'change the password': {
      // Alternates between the two, so that the earlier one is tried repeatedly.
      const input = { currentPassword: passwords[call.password], newPassword: passwords.wrong }
      return { path: 'account.changePassword', input }
    }
    case 'end a session':
      return { path: 'sessions.revoke', input: { id: sessionIds.at(-1 - call.which) ?? unknownId } }
    case 'end the other sessions':
      return { path: 'sessions.revokeOthers', input: {} }
    case 'close the account':
      return { path: 'account.close', input: {} }
    case 'set the role':
      return { path: 'users.setRole', input: { ...user, role: call.role } }
    case 'disable':
    case 'enable':
      return { path: 'users.setDisabled', input: { ...user, disabled: call.do === 'disable' } }
    case 'end all sessions of':
      return { path: 'users.revokeSessions', input: user }
    case 'remove':
      return { path: 'users.remove', input: user }
  }
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

/** Describes a successful response by the fields that the model predicts. */
function describeResult(outside: Outside, call: Call, answer: RawAnswer): string {
  switch (call.do) {
    case 'sign up':
    case 'log in': {
      const { user } = dataOf<{ user: { id: string; username: string; role: string } }>(answer)
      outside.userIds.set(call.username, user.id)
      return `${user.username} ${user.role}`
    }
    case 'call': {
      const { username, role } = dataOf<{ username: string; role: string }>(answer)
      return `${username} ${role}`
    }
    case 'list sessions': {
      const [current, ...others] = dataOf<{ id: string }[]>(answer).map(
        ({ id }) => outside.sessionIds.indexOf(id) + 1,
      )
      // Sessions of the same millisecond have no order.
      return [current, ...others.toSorted((one, other) => one - other)].join(',')
    }
    case 'change the password':
    case 'end the other sessions':
      return `ended ${dataOf<{ endedSessions: number }>(answer).endedSessions}`
    default:
      return ''
  }
}

function dataOf<T>({ text }: RawAnswer): T {
  // Sound: the contract's output type of the called procedure; the model compares the rest.
  return (JSON.parse(text) as { result: { data: T } }).result.data
}
