import type { Address, Device, Username } from './command.ts'
import type { AddressLink, Invitation, RecoveryLink, Token } from './issued.ts'

// A second, simple implementation of accounts and sessions, written from the design without a database and
// without code of the server. Times are whole seconds since the start.

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * Idle and absolute expiry, with and without "remember me". The servers use the same values (`servers.ts`).
 */
const limits = {
  // Less than the default of a day: few random runs would use a session for that long.
  short: { idle: hour, absolute: 2 * hour },
  remembered: { idle: 14 * day, absolute: 30 * day },
}

/** How long a login, signup or elevation counts as recent authentication. */
const sudoWindow = 10 * minute

/**
 * The token of a browser: it is valid until the session ends or gets another token.
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
  /** Idle expiry. */
  idleUntil: number
  /** Absolute expiry. */
  endsAt: number
  ended: boolean
  /** How many times its token was replaced; only the newest is valid. */
  issue: number
}

export interface User {
  /** The current one of the two passwords. */
  password: 0 | 1
  role: 'user' | 'admin'
  disabled: boolean
}

/** The addresses of a user; each may be missing. */
export interface OwnAddresses {
  verified?: Address
  pending?: Address
}

export interface World {
  now: number
  users: Map<Username, User>
  /** Names that no new account gets. */
  retired: Set<Username>
  /** All sessions, also ended ones. */
  sessions: Session[]
  currentPass: Record<Device, Pass | null>
  /** Every token that any device ever had. */
  passes: Pass[]
  /** In the order in which they were issued, also ended ones. */
  recoveryLinks: RecoveryLink[]
  invitations: Invitation[]
  addresses: Map<Username, OwnAddresses>
  addressLinks: AddressLink[]
  /** In the order in which they were created, also ended ones. */
  tokens: Token[]
  /** What the server mails after the present step. */
  mails: string[]
}

export function newWorld(): World {
  return {
    now: 0,
    users: new Map([['root', { password: 0, role: 'admin', disabled: false }]]),
    retired: new Set(),
    sessions: [],
    currentPass: { laptop: null, phone: null, tablet: null },
    passes: [],
    recoveryLinks: [],
    invitations: [],
    addresses: new Map(),
    addressLinks: [],
    tokens: [],
    mails: [],
  }
}

function limitsOf(session: Session) {
  return session.remembered ? limits.remembered : limits.short
}

export function isAlive(world: World, session: Session): boolean {
  return !session.ended && world.now < session.idleUntil && world.now < session.endsAt
}

/** Returns the live session of a token. */
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
 * Renews the session: each call of a signed-in user can renew it, but not each one writes.
 * @returns the token from now on
 */
export function renew(world: World, pass: Pass): Pass | null {
  const { session } = pass
  const { now } = world
  const pause = limitsOf(session).idle / 10
  if (now - pass.issuedAt < pause) return null
  if (now - session.seenAt >= pause) extend(world, session)
  return { ...pass, issuedAt: now, expiresAt: session.idleUntil }
}

/** Replaces all tokens of the session by a new one. */
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

/** Whether this user is the last admin. */
export function isLastAdmin(world: World, username: Username): boolean {
  const admins = [...world.users].filter(([, user]) => user.role === 'admin' && !user.disabled)
  return admins.length === 1 && admins[0]?.[0] === username
}

/** Ends all recovery links of a user. */
export function endLinks(world: World, username: Username): void {
  for (const link of world.recoveryLinks) link.ended ||= link.username === username
}

/** Ends all access tokens of a user. */
export function endTokens(world: World, username: Username): void {
  for (const token of world.tokens) token.ended ||= token.username === username
}

/** Ends the links that an admin issued, who is no admin any more. */
export function endIssuedLinks(world: World, admin: Username): void {
  for (const link of world.recoveryLinks) link.ended ||= link.issuedBy === admin
}

/** Ends the links that confirm the pending address of a user. */
export function endAddressLinks(world: World, username: Username): void {
  for (const link of world.addressLinks) link.ended ||= link.username === username
}

export function addressesOf(world: World, username: Username): OwnAddresses {
  return world.addresses.get(username) ?? {}
}

/** Returns the user who has verified an address. */
export function ownerOf(world: World, address: string): Username | undefined {
  return [...world.addresses].find(([, { verified }]) => verified === address)?.[0]
}

export function removeAccount(world: World, username: Username): void {
  endSessions(world, username)
  endTokens(world, username)
  endLinks(world, username)
  endIssuedLinks(world, username)
  endAddressLinks(world, username)
  world.addresses.delete(username)
  world.users.delete(username)
  world.retired.add(username)
}

/** Returns the user of a device, as `auth.session` does. */
export function whoIs(world: World, pass: Pass | null): string {
  const session = sessionOf(world, pass)
  if (typeof session === 'string') return 'signed out'
  const { number, username, openedAt, seenAt, idleUntil } = session
  const role = world.users.get(username)?.role ?? 'gone'
  return `${username} (${role}), session ${number} of ${openedAt}, seen ${seenAt}, until ${idleUntil}`
}
