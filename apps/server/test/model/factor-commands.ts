import fc from 'fast-check'

export const browsers = ['laptop', 'phone'] as const
export type Browser = (typeof browsers)[number]

interface By {
  by: Browser
  /** Two servers on one database. */
  server: 0 | 1
  /** Whether the other sessions end, where the call lets the user choose. */
  ends: boolean
}

/** One call of a browser of the owner. `shift` counts time steps of a code, `which` codes and links back. */
export type FactorCall = By &
  (
    | { do: 'log in' | 'log out' | 'enroll' | 'remove the app' | 'add a passkey' | 'remove the passkey' }
    | { do: 'elevate by password' | 'replace the codes' | 'cancel the reset' }
    | { do: 'log in by passkey' | 'finish by passkey' | 'elevate by passkey' }
    | { do: 'confirm' | 'finish by code' | 'elevate by code'; shift: number }
    | { do: 'finish by recovery code' | 'elevate by recovery code' | 'finish by link'; which: number }
  )

export type FactorCommand = FactorCall | { do: 'request a reset' } | { do: 'wait'; seconds: number }

const caller = {
  by: fc.constantFrom(...browsers),
  server: fc.constantFrom(0 as const, 1 as const),
  ends: fc.boolean(),
}
const one = <T extends string>(...names: T[]) => fc.constantFrom(...names)
const shift = fc.constantFrom(0, 0, 0, 1, -1, 2, -2)
const which = fc.nat(2)
const minute = 60
const day = 24 * 60 * minute

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })

const single: fc.Arbitrary<FactorCommand> = fc.oneof(
  often(4, fc.record({ ...caller, do: one('log in') })),
  often(4, fc.record({ ...caller, do: one('confirm', 'finish by code', 'elevate by code'), shift })),
  often(
    3,
    fc.record({
      ...caller,
      do: one('finish by recovery code', 'elevate by recovery code', 'finish by link'),
      which,
    }),
  ),
  often(3, fc.record({ ...caller, do: one('log in by passkey', 'finish by passkey', 'elevate by passkey') })),
  often(
    5,
    fc.record({
      ...caller,
      do: one('enroll', 'remove the app', 'add a passkey', 'remove the passkey', 'elevate by password'),
    }),
  ),
  often(2, fc.record({ ...caller, do: one('replace the codes', 'cancel the reset', 'log out') })),
  often(1, fc.record({ do: one('request a reset') })),
  often(
    2,
    fc.record({ do: one('wait'), seconds: fc.constantFrom(30, 60, 10 * minute, 11 * minute, day, 8 * day) }),
  ),
)

/** A user who has an app, which is rare by chance alone. */
const enrolled: fc.Arbitrary<FactorCommand[]> = fc.record(caller).map((by) => [
  { ...by, do: 'log in' },
  { ...by, do: 'enroll' },
  { ...by, do: 'confirm', shift: 0 },
  { do: 'wait', seconds: 30 },
])

/** A log-in with a second step. */
const twoSteps: fc.Arbitrary<FactorCommand[]> = fc
  .tuple(fc.record(caller), shift, fc.constantFrom('finish by code' as const, 'elevate by code' as const))
  .map(([by, steps, finish]) => [
    { ...by, do: 'log in' },
    { ...by, do: finish, shift: steps },
    { ...by, do: finish, shift: steps },
  ])

/** A recovery code that is typed twice. */
const codeTwice: fc.Arbitrary<FactorCommand[]> = fc.tuple(fc.record(caller), which).map(([by, back]) => [
  { ...by, do: 'log in' },
  { ...by, do: 'finish by recovery code', which: back },
  { ...by, do: 'elevate by recovery code', which: back },
])

/** A reset that is used about when it takes effect. */
const reset: fc.Arbitrary<FactorCommand[]> = fc
  .tuple(fc.record(caller), fc.constantFrom(day - 1, day, 8 * day), which)
  .map(([by, seconds, back]) => [
    { do: 'request a reset' },
    { do: 'wait', seconds },
    { ...by, do: 'log in' },
    { ...by, do: 'finish by link', which: back },
  ])

export const factorCommands: fc.Arbitrary<FactorCommand[]> = fc
  .array(
    fc.oneof(
      often(
        8,
        single.map((step) => [step]),
      ),
      often(3, enrolled),
      often(2, twoSteps),
      often(2, codeTwice),
      often(1, reset),
    ),
    { minLength: 1, maxLength: 14, size: 'max' },
  )
  .map((pieces) => pieces.flat().slice(0, 24))
