import { isFresh, isLastAdmin, renew, sessionOf } from './account-model.ts'
import type { Pass, Session, User, World } from './account-model.ts'
import type { Typed, Username } from './command.ts'

/** The failure that the model predicts; the message is the reason. */
export class Refused extends Error {}

/** One request with its token, which it may replace. */
export interface Visit {
  world: World
  pass: Pass | null
  cookie: string
}

export function signedIn(visit: Visit): Session {
  const session = sessionOf(visit.world, visit.pass)
  if (typeof session === 'string') throw new Refused(session)
  const renewed = visit.pass === null ? null : renew(visit.world, visit.pass)
  if (renewed !== null) give(visit, renewed)
  return session
}

export function sudo(visit: Visit): Session {
  const session = signedIn(visit)
  if (!isFresh(visit.world, session)) throw new Refused('REAUTH_REQUIRED')
  return session
}

/** The role is checked before sudo. */
export function sudoAdmin(visit: Visit): Session {
  const { world } = visit
  const session = signedIn(visit)
  if (userOf(world, session.username).role !== 'admin') throw new Refused('FORBIDDEN')
  if (!isFresh(world, session)) throw new Refused('REAUTH_REQUIRED')
  return session
}

/** Returns the target of an admin action, if the caller may act. */
export function administrated(visit: Visit, username: Username): User {
  sudoAdmin(visit)
  const target = visit.world.users.get(username)
  if (target === undefined) throw new Refused('NOT_FOUND')
  return target
}

export function prove(typed: Typed): void {
  if (typed === 'wrong') throw new Refused('INVALID_CREDENTIALS')
}

export function keepAnAdmin(world: World, username: Username): void {
  if (isLastAdmin(world, username)) throw new Refused('LAST_ADMIN')
}

export function userOf(world: World, username: Username): User {
  const user = world.users.get(username)
  if (user === undefined) throw new Error(`${username} has a session and no account.`)
  return user
}

/** A persistent cookie ends with the token, a session cookie with the browser. */
export function give(visit: Visit, pass: Pass): void {
  visit.pass = pass
  visit.cookie = pass.session.remembered ? `new for ${pass.expiresAt - visit.world.now} s` : 'new'
}

export function clear(visit: Visit): void {
  visit.pass = null
  visit.cookie = 'cleared'
}
