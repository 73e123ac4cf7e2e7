import fc from 'fast-check'
import { devices, usernames } from './command.ts'

const minute = 60
const hour = 60 * minute
export const day = 24 * hour

/**
 * Values around every limit: a tenth of the idle times, the sudo window, the idle and the absolute expiry.
 */
const shortPauses = [1, 5 * minute + 59, 6 * minute, 10 * minute, 50 * minute, hour - 1, hour] as const
const longPauses = [2 * hour, 33 * hour, 34 * hour, 10 * day, 13 * day, 14 * day - 1, 14 * day] as const

export const device = fc.constantFrom(...devices)
export const server = fc.constantFrom(1 as const, 2 as const)
export const by = fc.record({ device, server })
const username = fc.constantFrom(...usernames)
export const password = fc.oneof(
  { weight: 4, arbitrary: fc.constant('right' as const) },
  { weight: 1, arbitrary: fc.constant('wrong' as const) },
)
export const remember = fc.boolean()

export const shortWait = fc.record({ do: one('wait'), seconds: fc.constantFrom(...shortPauses) })
export const longWait = fc.record({ do: one('wait'), seconds: fc.constantFrom(...longPauses) })
export const call = fc.record({ do: one('call'), by })
export const logIn = fc.record({ do: one('log in'), by, username, password, remember })
export const setRole = fc.record({
  do: one('set the role'),
  by,
  username,
  role: fc.constantFrom('admin', 'user'),
})
export const administrate = fc.record({
  do: one('disable', 'enable', 'end all sessions of', 'remove', 'issue a recovery link'),
  by,
  username,
})

/** Mostly the newest. */
export const which = fc.oneof(often(3, fc.constant(0)), often(1, fc.constantFrom(1, 2)))
export const useLink = fc.record({ do: one('inspect a recovery link', 'reset the password'), by, which })
export const signUp = fc.record({ do: one('sign up'), by, username: fc.constantFrom('ada', 'bob'), remember })
export const acceptInvitation = fc.tuple(signUp, which).map(([step, invitation]) => ({ ...step, invitation }))

export function one<const T extends string>(...names: T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...names)
}

export function often<T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> {
  return { weight, arbitrary }
}
