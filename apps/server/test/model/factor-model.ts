import type { Browser } from './factor-commands.ts'

// A second, simple implementation of second factors, written from the rules without a database and without
// code of the server. Times are whole seconds.

const [pendingFor, sudoFor] = [600, 600]
const resetFor = 7 * 24 * 3_600
const codesInSet = 10

type Carrier = 'app' | 'passkey' | 'codes'

export interface ModelSession {
  carrier: Carrier | null
  methods: string[]
  authenticatedAt: number
  ended: boolean
}

export interface FactorWorld {
  now: number
  /** The session of each browser, also an ended one; null without a cookie. */
  sessions: Record<Browser, ModelSession | null>
  /** When the first step of each browser was right. */
  pending: Record<Browser, number | null>
  enrollment: { session: ModelSession; at: number } | null
  app: { lastStep: number } | null
  hasPasskey: boolean
  /** The numbers of the recovery codes that work; null without a set. */
  codes: Set<number> | null
  codesMade: number
  /** The number of the link that works, counted from 1. */
  reset: { at: number; link: number } | null
  linksMade: number
}

export function newFactorWorld(now: number): FactorWorld {
  const none = { laptop: null, phone: null }
  return {
    now,
    sessions: { ...none },
    pending: { ...none },
    enrollment: null,
    app: null,
    hasPasskey: false,
    codes: null,
    codesMade: 0,
    reset: null,
    linksMade: 0,
  }
}

export class Refused extends Error {}

export const hasFactor = (world: FactorWorld) => world.app !== null || world.hasPasskey

export function levelOf(session: ModelSession): 1 | 2 {
  return session.carrier === null ? 1 : 2
}

export const stepOf = ({ now }: FactorWorld) => Math.floor(now / 30)

export function liveReset({ reset, now }: FactorWorld) {
  return reset === null || now >= reset.at + resetFor ? null : reset
}

export function live(world: FactorWorld, by: Browser): ModelSession | null {
  const session = world.sessions[by]
  return session === null || session.ended ? null : session
}

export function signedIn(world: FactorWorld, by: Browser): ModelSession {
  const session = live(world, by)
  if (session === null) throw new Refused(world.sessions[by] === null ? 'UNAUTHENTICATED' : 'SESSION_EXPIRED')
  return session
}

export function sudo(world: FactorWorld, by: Browser): ModelSession {
  const session = signedIn(world, by)
  const isHighest = session.carrier !== null || !hasFactor(world)
  if (!isHighest || world.now - session.authenticatedAt > sudoFor) throw new Refused('REAUTH_REQUIRED')
  return session
}

export function mustBePending(world: FactorWorld, by: Browser): void {
  const at = world.pending[by]
  if (at === null || world.now >= at + pendingFor) throw new Refused('LOGIN_EXPIRED')
}

/** A browser has one session, and the other one of the same browser ends. */
export function open(
  world: FactorWorld,
  by: Browser,
  proof: Pick<ModelSession, 'methods' | 'carrier'>,
): string {
  const before = world.sessions[by]
  if (before !== null) before.ended = true
  world.sessions[by] = { ...proof, authenticatedAt: world.now, ended: false }
  world.pending[by] = null
  return 'ok'
}

export function raise(
  world: FactorWorld,
  session: ModelSession,
  method: string,
  carrier: Carrier | null,
): string {
  session.authenticatedAt = world.now
  session.carrier = carrier
  if (!session.methods.includes(method)) session.methods.push(method)
  return 'ok'
}

/** A factor was used, so it is not lost. */
export function useFactor(world: FactorWorld): void {
  world.reset = null
}

export function useCode(world: FactorWorld, shift: number): void {
  const step = stepOf(world) + shift
  if (world.app === null || Math.abs(shift) > 1 || step <= world.app.lastStep)
    throw new Refused('CODE_INVALID')
  world.app.lastStep = step
  useFactor(world)
}

export function useRecoveryCode(world: FactorWorld, which: number): void {
  if (world.codes?.delete(world.codesMade - which) !== true) throw new Refused('CODE_INVALID')
  useFactor(world)
}

export function newCodes(world: FactorWorld): void {
  world.codes = new Set(Array.from({ length: codesInSet }, (_, index) => world.codesMade + 1 + index))
  world.codesMade += codesInSet
}

export function added(
  world: FactorWorld,
  session: ModelSession,
  { by, ends, method, carrier }: { by: Browser; ends: boolean; method: string; carrier: Carrier },
): string {
  useFactor(world)
  if (world.codes === null) newCodes(world)
  if (ends) endOthers(world, by)
  return raise(world, session, method, carrier)
}

export function removed(world: FactorWorld, by: Browser, ends: boolean): string {
  if (!hasFactor(world)) dropEmptySet(world)
  if (ends) endOthers(world, by)
  return 'ok'
}

/** Without another factor, recovery codes and a requested reset end too. */
export function dropEmptySet(world: FactorWorld): void {
  Object.assign(world, { codes: null, reset: null })
  lower(world, 'codes')
}

export function lower(world: FactorWorld, carrier: Carrier): void {
  for (const session of Object.values(world.sessions))
    if (session?.carrier === carrier) session.carrier = null
}

function endOthers(world: FactorWorld, by: Browser): void {
  for (const [name, session] of Object.entries(world.sessions))
    if (name !== by && session !== null) session.ended = true
}
