import type { FactorCall } from './factor-commands.ts'
import {
  Refused,
  hasFactor,
  stepOf,
  liveReset,
  live,
  signedIn,
  sudo,
  mustBePending,
  open,
  raise,
  useFactor,
  useCode,
  useRecoveryCode,
  newCodes,
  added,
  removed,
  dropEmptySet,
  lower,
} from './factor-model.ts'
import type { FactorWorld } from './factor-model.ts'

const [resetDelay, enrollmentFor] = [24 * 3_600, 600]

/** Returns the outcome of a request for a reset by the operator. */
export function predictRequest(world: FactorWorld): string {
  if (!hasFactor(world)) return 'NOT_FOUND'
  world.linksMade += 1
  const at = Math.min(world.now + resetDelay, liveReset(world)?.at ?? Infinity)
  world.reset = { at, link: world.linksMade }
  return 'ok'
}

/** Returns the reason of the failure, `second-factor` for a first step, or `ok`. */
export function predictFactors(world: FactorWorld, call: FactorCall): string {
  try {
    return outcomeOf(world, call)
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

function outcomeOf(world: FactorWorld, call: FactorCall): string {
  const { by } = call
  switch (call.do) {
    case 'log in':
      if (hasFactor(world)) {
        world.pending[by] = world.now
        return 'second-factor'
      }
      return open(world, by, { methods: ['pwd'], carrier: null })
    case 'log out': {
      const session = world.sessions[by]
      if (session !== null) session.ended = true
      world.sessions[by] = null
      world.pending[by] = null
      return 'ok'
    }
    case 'log in by passkey':
      if (!world.hasPasskey) throw new Refused('PASSKEY_INVALID')
      useFactor(world)
      return open(world, by, { methods: ['passkey'], carrier: 'passkey' })
    case 'finish by code':
      mustBePending(world, by)
      useCode(world, call.shift)
      return open(world, by, { methods: ['pwd', 'otp'], carrier: 'app' })
    case 'finish by recovery code':
      mustBePending(world, by)
      useRecoveryCode(world, call.which)
      return open(world, by, { methods: ['pwd', 'recovery'], carrier: 'codes' })
    case 'finish by passkey':
      mustBePending(world, by)
      useFactor(world)
      return open(world, by, { methods: ['pwd', 'passkey'], carrier: 'passkey' })
    case 'finish by link': {
      mustBePending(world, by)
      const reset = liveReset(world)
      if (reset === null || reset.link !== world.linksMade - call.which) throw new Refused('LINK_INVALID')
      if (world.now < reset.at) throw new Refused('LINK_TOO_EARLY')
      Object.assign(world, { app: null, hasPasskey: false })
      dropEmptySet(world)
      for (const session of Object.values(world.sessions)) if (session !== null) session.ended = true
      return open(world, by, { methods: ['pwd'], carrier: null })
    }
    case 'enroll': {
      const session = sudo(world, by)
      if (world.app !== null) throw new Refused('FACTOR_EXISTS')
      world.enrollment = { session, at: world.now }
      return 'ok'
    }
    case 'confirm': {
      const session = signedIn(world, by)
      const { enrollment } = world
      if (enrollment?.session !== session || world.now >= enrollment.at + enrollmentFor)
        throw new Refused('NOT_FOUND')
      if (Math.abs(call.shift) > 1) throw new Refused('CODE_INVALID')
      if (session.carrier === null && hasFactor(world)) throw new Refused('REAUTH_REQUIRED')
      if (world.app !== null) throw new Refused('FACTOR_EXISTS')
      world.enrollment = null
      world.app = { lastStep: stepOf(world) + call.shift }
      return added(world, session, { by, ends: call.ends, method: 'otp', carrier: 'app' })
    }
    case 'add a passkey': {
      const session = sudo(world, by)
      world.hasPasskey = true
      return added(world, session, { by, ends: call.ends, method: 'passkey', carrier: 'passkey' })
    }
    case 'remove the app': {
      sudo(world, by)
      if (world.app === null) throw new Refused('NOT_FOUND')
      world.app = null
      lower(world, 'app')
      return removed(world, by, call.ends)
    }
    case 'remove the passkey': {
      sudo(world, by)
      if (!world.hasPasskey) throw new Refused('NOT_FOUND')
      world.hasPasskey = false
      lower(world, 'passkey')
      return removed(world, by, call.ends)
    }
    case 'elevate by password': {
      const session = signedIn(world, by)
      if (session.carrier === null && hasFactor(world)) throw new Refused('REAUTH_REQUIRED')
      return raise(world, session, 'pwd', session.carrier)
    }
    case 'elevate by code': {
      const session = signedIn(world, by)
      useCode(world, call.shift)
      return raise(world, session, 'otp', 'app')
    }
    case 'elevate by recovery code': {
      const session = signedIn(world, by)
      useRecoveryCode(world, call.which)
      return raise(world, session, 'recovery', 'codes')
    }
    case 'elevate by passkey': {
      const session = live(world, by)
      // The options come first, and know no ended session.
      if (session === null) throw new Refused('UNAUTHENTICATED')
      useFactor(world)
      return raise(world, session, 'passkey', 'passkey')
    }
    case 'replace the codes': {
      const session = sudo(world, by)
      if (session.carrier === null) throw new Refused('FACTOR_REQUIRED')
      newCodes(world)
      for (const other of Object.values(world.sessions))
        if (other !== null && other !== session && other.carrier === 'codes') other.ended = true
      return 'ok'
    }
    case 'cancel the reset':
      sudo(world, by)
      world.reset = null
      return 'ok'
  }
}
