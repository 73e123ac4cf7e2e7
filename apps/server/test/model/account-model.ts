import type { Device, Username } from './command.ts'

// What accounts and sessions are, said a second time and as simply as it can be said: from the words of the
// design, without a database, and without a line of the server's. Times are whole seconds since the start.

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * Unused for so long, or so old: over. With and without "remember me". The servers are set to these
 * (`servers.ts`).
 */
const limits = {
  // Not a day, as in a fresh install: few random lists would stay in touch with a session for so long.
  short: { idle: hour, absolute: 2 * hour },
  remembered: { idle: 14 * day, absolute: 30 * day },
}

/** For so long a log-in, sign-up or elevation proves that it is really them. */
const sudoWindow = 10 * minute

/**
 * What a browser holds: a pass to one session, good until it is over, and only while the session has not got
 * another one.
 */
export interface Pass {
  session: Session
  issue: number
  issuedAt: number
  expiresAt: number
}

export interface Session {
  /** In the order in which they were opened, from 1. */
  number: number
  username: Username
  remembered: boolean
  openedAt: number
  seenAt: number
  authenticatedAt: number
  /** Unused until then, it is over. */
  idleUntil: number
  /** Over in any case. */
  endsAt: number
  ended: boolean
  /** How many times its pass was replaced; only the last issue opens the door. */
  issue: number
}

export interface User {
  /** Which of the two passwords. */
  password: 0 | 1
  role: 'user' | 'admin'
  disabled: boolean
}

export interface World {
  now: number
  users: Map<Username, User>
  /** Nobody gets these names again. */
  retired: Set<Username>
  /** All that there ever were. */
  sessions: Session[]
  held: Record<Device, Pass | null>
  /** Every pass that any device ever held. */
  passes: Pass[]
}

export function newWorld(): World {
  return {
    now: 0,
    users: new Map([['root', { password: 0, role: 'admin', disabled: false }]]),
    retired: new Set(),
    sessions: [],
    held: { laptop: null, phone: null, tablet: null },
    passes: [],
  }
}

function limitsOf(session: Session) {
  return session.remembered ? limits.remembered : limits.short
}

export function isAlive(world: World, session: Session): boolean {
  return !session.ended && world.now < session.idleUntil && world.now < session.endsAt
}

/** The session that a pass opens now. */
export function sessionOf(world: World, pass: Pass | null): Session | 'UNAUTHENTICATED' | 'SESSION_EXPIRED' {
  if (pass === null) return 'UNAUTHENTICATED'
  const { session } = pass
  const isGood = world.now < pass.expiresAt && pass.issue === session.issue && isAlive(world, session)
  return isGood ? session : 'SESSION_EXPIRED'
}

export function liveSessions(world: World, username: Username): Session[] {
  return world.sessions.filter((session) => session.username === username && isAlive(world, session))
}

/** @returns how many were alive */
export function endSessions(world: World, username: Username, keep?: Session): number {
  const doomed = liveSessions(world, username).filter((session) => session !== keep)
  for (const session of doomed) session.ended = true
  return doomed.length
}

export function openSession(world: World, username: Username, remembered: boolean): Pass {
  const { now } = world
  const { idle, absolute } = remembered ? limits.remembered : limits.short
  const session: Session = {
    number: world.sessions.length + 1,
    username,
    remembered,
    openedAt: now,
    seenAt: now,
    authenticatedAt: now,
    idleUntil: now + idle,
    endsAt: now + absolute,
    ended: false,
    issue: 1,
  }
  world.sessions.push(session)
  return { session, issue: 1, issuedAt: now, expiresAt: session.idleUntil }
}

/**
 * Any call of somebody signed in keeps the session alive, but not every call writes.
 * @returns the pass to hold from now on
 */
export function renew(world: World, pass: Pass): Pass | null {
  const { session } = pass
  const { now } = world
  const pause = limitsOf(session).idle / 10
  if (now - pass.issuedAt < pause) return null
  if (now - session.seenAt >= pause) extend(world, session)
  return { ...pass, issuedAt: now, expiresAt: session.idleUntil }
}

/** A new pass in the place of all that were given out for this session. */
export function reissue(world: World, session: Session): Pass {
  extend(world, session)
  session.issue += 1
  return { session, issue: session.issue, issuedAt: world.now, expiresAt: session.idleUntil }
}

function extend(world: World, session: Session): void {
  session.seenAt = world.now
  session.idleUntil = Math.min(session.endsAt, world.now + limitsOf(session).idle)
}

export function isFresh(world: World, session: Session): boolean {
  return world.now - session.authenticatedAt <= sudoWindow
}

/** Whether nobody could administrate without this user. */
export function isLastAdministrator(world: World, username: Username): boolean {
  const administrators = [...world.users].filter(([, user]) => user.role === 'admin' && !user.disabled)
  return administrators.length === 1 && administrators[0]?.[0] === username
}

export function removeAccount(world: World, username: Username): void {
  endSessions(world, username)
  world.users.delete(username)
  world.retired.add(username)
}

/** Who a device is signed in as, as `auth.session` tells it. */
export function whoIs(world: World, pass: Pass | null): string {
  const session = sessionOf(world, pass)
  if (typeof session === 'string') return 'nobody'
  const { number, username, openedAt, seenAt, idleUntil } = session
  const role = world.users.get(username)?.role ?? 'gone'
  return `${username} (${role}), session ${number} of ${openedAt}, seen ${seenAt}, until ${idleUntil}`
}
