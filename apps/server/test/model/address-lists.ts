import fc from 'fast-check'
import { addresses, usernames } from './command.ts'
import type { Command } from './command.ts'
import { administrate, by, day, logIn, one, often, password, remember, useLink, which } from './steps.ts'

const address = fc.constantFrom(...addresses)

export const enterAddress = fc.record({ do: one('enter an address'), by, address })
export const confirmAddress = fc.record({ do: one('confirm an address'), by, which })
export const ownAddress = fc.record({ do: one('ask for the link again', 'remove the address'), by })
export const requestRecovery = fc.record({
  do: one('request a recovery mail'),
  by,
  name: fc.constantFrom(...usernames, ...addresses),
})
export const logInByAddress = fc.record({
  do: one('log in by address'),
  by,
  address,
  password,
  remember,
})

/** Just before and just after the end of a mailed link: 30 minutes for recovery, a day for an address. */
const wait = fc.record({ do: one('wait'), seconds: fc.constantFrom(1_799, 1_800, day - 1, day) })

/** A user who has logged in enters an address and opens the mailed link. */
const verified: fc.Arbitrary<Command[]> = fc.tuple(logIn, address, by).map(([step, entered, opener]) => [
  { ...step, password: 'right' },
  { do: 'enter an address', by: step.by, address: entered },
  { do: 'confirm an address', by: opener, which: 0 },
])

/** Ada and Bob enter the same address, and then both open their links. */
const rivals: fc.Arbitrary<Command[]> = fc
  .tuple(by, by, address, fc.constantFrom(0, 1), remember)
  .map(([ofAda, ofBob, entered, first, remembered]) => [
    { do: 'log in', by: ofAda, username: 'ada', password: 'right', remember: remembered },
    { do: 'enter an address', by: ofAda, address: entered },
    { do: 'sign up', by: ofBob, username: 'bob', remember: remembered },
    { do: 'enter an address', by: ofBob, address: entered },
    { do: 'confirm an address', by: ofAda, which: first },
    { do: 'confirm an address', by: ofBob, which: 1 - first },
  ])

/** What happens to an address or its links before they are used. */
const meanwhile: fc.Arbitrary<Command> = fc.oneof(
  often(2, wait),
  often(2, enterAddress),
  often(2, ownAddress),
  often(2, confirmAddress),
  often(1, administrate),
)

/** Users verify addresses, perhaps the same one, and then log in or recover their accounts by them. */
export const addressing: fc.Arbitrary<Command[]> = fc
  .tuple(
    fc.oneof(
      often(2, fc.array(verified, { minLength: 1, maxLength: 2 })),
      often(
        1,
        rivals.map((steps) => [steps]),
      ),
    ),
    fc.array(meanwhile, { maxLength: 2 }),
    fc.oneof(
      logInByAddress.map((step): Command[] => [step]),
      fc
        .tuple(
          requestRecovery,
          fc.option(meanwhile, { nil: undefined }),
          useLink,
          fc.oneof(often(2, logInByAddress), often(1, confirmAddress)),
        )
        .map(([request, between, use, end]): Command[] => [
          request,
          ...(between === undefined ? [] : [between]),
          use,
          end,
        ]),
    ),
  )
  .map(([users, between, use]) => [...users.flat(), ...between, ...use])
