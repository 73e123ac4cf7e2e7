import {
  endSessions,
  isAlive,
  isFresh,
  isLastAdmin,
  liveSessions,
  openSession,
  reissue,
  removeAccount,
  renew,
  sessionOf,
} from './account-model.ts'
import type { Pass, Session, User, World } from './account-model.ts'
import type { By, Command, Typed, Username } from './command.ts'

/** The visible result of a step. */
export interface Outcome {
  /** `ok` and the result, or the reason of the failure. */
  answer: string
  /** The effect on the device's session cookie. */
  cookie: string
}

export type Call = Extract<Command, { by: By }>

class Refused extends Error {}

/** Applies one call to the model. @returns its expected result */
export function predict(world: World, call: Call): Outcome {
  const visit = { world, pass: world.currentPass[call.by.device], cookie: 'kept' }
  let answer: string
  try {
    answer = act(visit, call)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    answer = error.message
  }
  // One response sets one cookie: a renewal that the same call replaces is not visible.
  if (visit.pass !== null && visit.cookie !== 'kept') world.passes.push(visit.pass)
  world.currentPass[call.by.device] = visit.pass
  return { answer, cookie: visit.cookie }
}

/** One request with its token, which it may replace. */
interface Visit {
  world: World
  pass: Pass | null
  cookie: string
}

function act(visit: Visit, call: Call): string {
  const { world } = visit
  switch (call.do) {
    case 'sign up':
      if (world.users.has(call.username) || world.retired.has(call.username))
        throw new Refused('USERNAME_TAKEN')
      world.users.set(call.username, { password: 0, role: 'user', disabled: false })
      return letIn(visit, call)
    case 'log in': {
      const user = world.users.get(call.username)
      if (user === undefined || user.disabled || call.password === 'wrong')
        throw new Refused('INVALID_CREDENTIALS')
      return letIn(visit, call)
    }
    case 'call': {
      const { username } = signedIn(visit)
      return `ok ${username} ${userOf(world, username).role}`
    }
    case 'log out': {
      const session = sessionOf(world, visit.pass)
      if (typeof session !== 'string') session.ended = true
      clear(visit)
      return 'ok'
    }
    case 'list sessions': {
      const own = signedIn(visit)
      const others = liveSessions(world, own.username).filter((session) => session !== own)
      return `ok ${[own, ...others].map(({ number }) => number).join(',')}`
    }
    case 'elevate': {
      const session = signedIn(visit)
      prove(call.password)
      session.authenticatedAt = world.now
      give(visit, reissue(world, session))
      return 'ok'
    }
    case 'change the password': {
      const session = signedIn(visit)
      prove(call.password)
      const user = userOf(world, session.username)
      user.password = user.password === 0 ? 1 : 0
      give(visit, reissue(world, session))
      return `ok ended ${endSessions(world, session.username, session)}`
    }
    case 'end a session': {
      const session = sudo(visit)
      const target = world.sessions.at(-1 - call.which)
      if (target?.username !== session.username || !isAlive(world, target)) throw new Refused('NOT_FOUND')
      target.ended = true
      if (target === session) clear(visit)
      return 'ok'
    }
    case 'end the other sessions': {
      const session = sudo(visit)
      return `ok ended ${endSessions(world, session.username, session)}`
    }
    case 'close the account': {
      const { username } = sudo(visit)
      keepAnAdmin(world, username)
      removeAccount(world, username)
      clear(visit)
      return 'ok'
    }
    case 'set the role': {
      const target = administrated(visit, call.username)
      if (target.role === call.role) return 'ok'
      keepAnAdmin(world, call.username)
      target.role = call.role
      return 'ok'
    }
    case 'disable': {
      const target = administrated(visit, call.username)
      if (target.disabled) return 'ok'
      keepAnAdmin(world, call.username)
      target.disabled = true
      endSessions(world, call.username)
      return 'ok'
    }
    case 'enable':
      administrated(visit, call.username).disabled = false
      return 'ok'
    case 'end all sessions of':
      administrated(visit, call.username)
      endSessions(world, call.username)
      return 'ok'
    case 'remove':
      administrated(visit, call.username)
      keepAnAdmin(world, call.username)
      removeAccount(world, call.username)
      return 'ok'
  }
}

/** A browser has one session: the session of the request ends. */
function letIn(visit: Visit, { username, remember }: { username: Username; remember: boolean }): string {
  const { world } = visit
  const present = sessionOf(world, visit.pass)
  if (typeof present !== 'string') present.ended = true
  give(visit, openSession(world, username, remember))
  return `ok ${username} ${userOf(world, username).role}`
}

function signedIn(visit: Visit): Session {
  const session = sessionOf(visit.world, visit.pass)
  if (typeof session === 'string') throw new Refused(session)
  const renewed = visit.pass === null ? null : renew(visit.world, visit.pass)
  if (renewed !== null) give(visit, renewed)
  return session
}

function sudo(visit: Visit): Session {
  const session = signedIn(visit)
  if (!isFresh(visit.world, session)) throw new Refused('REAUTH_REQUIRED')
  return session
}

/** Returns the target of an admin action, if the caller may act. The role is checked before sudo. */
function administrated(visit: Visit, username: Username): User {
  const { world } = visit
  const session = signedIn(visit)
  if (userOf(world, session.username).role !== 'admin') throw new Refused('FORBIDDEN')
  if (!isFresh(world, session)) throw new Refused('REAUTH_REQUIRED')
  const target = world.users.get(username)
  if (target === undefined) throw new Refused('NOT_FOUND')
  return target
}

function prove(typed: Typed): void {
  if (typed === 'wrong') throw new Refused('INVALID_CREDENTIALS')
}

function keepAnAdmin(world: World, username: Username): void {
  if (isLastAdmin(world, username)) throw new Refused('LAST_ADMIN')
}

function userOf(world: World, username: Username): User {
  const user = world.users.get(username)
  if (user === undefined) throw new Error(`${username} has a session and no account.`)
  return user
}

/** A persistent cookie ends with the token, a session cookie with the browser. */
function give(visit: Visit, pass: Pass): void {
  visit.pass = pass
  visit.cookie = pass.session.remembered ? `new for ${pass.expiresAt - visit.world.now} s` : 'new'
}

function clear(visit: Visit): void {
  visit.pass = null
  visit.cookie = 'cleared'
}
