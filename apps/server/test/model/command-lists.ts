import fc from 'fast-check'
import {
  addressing,
  confirmAddress,
  enterAddress,
  logInByAddress,
  ownAddress,
  requestRecovery,
} from './address-lists.ts'
import type { Command } from './command.ts'
import { invitation, issuerEnds, recovery } from './link-lists.ts'
import {
  acceptInvitation,
  administrate,
  by,
  call,
  device,
  server,
  logIn,
  longWait,
  often,
  one,
  password,
  remember,
  setRole,
  shortWait,
  signUp,
  useLink,
  which,
} from './steps.ts'
import { createToken, revokeToken, tokenOfAda, useToken } from './token-lists.ts'

const single: fc.Arbitrary<Command> = fc.oneof(
  often(6, call),
  often(6, logIn),
  often(2, signUp),
  often(5, fc.record({ do: one('elevate', 'change the password'), by, password })),
  often(
    5,
    fc.record({
      do: one('log out', 'list sessions', 'end the other sessions', 'close the account'),
      by,
    }),
  ),
  often(2, fc.record({ do: one('end a session'), by, which: fc.nat(5) })),
  often(2, setRole),
  often(2, administrate),
  often(3, fc.record({ do: one('copy the cookie'), from: device, to: device })),
  often(2, shortWait),
  often(2, longWait),
  often(1, fc.record({ do: one('restart'), server })),
  often(1, fc.oneof(createToken, revokeToken)),
  often(2, useToken),
  often(1, useLink),
  often(1, acceptInvitation),
  often(1, fc.record({ do: one('revoke an invitation'), by, which })),
  often(2, fc.oneof(enterAddress, confirmAddress, requestRecovery, logInByAddress, ownAddress)),
)

/** A user who stays active: otherwise no session would reach its absolute expiry. */
const touch: fc.Arbitrary<Command[]> = fc.tuple(fc.oneof(shortWait, longWait), call)

/** Root elevates and acts, which is rare by chance alone. */
const actOfRoot: fc.Arbitrary<Command[]> = fc
  .tuple(fc.oneof(setRole, administrate), remember)
  .map(([act, remembered]) => [
    { do: 'log in', by: act.by, username: 'root', password: 'right', remember: remembered },
    act,
  ])

const [mostPieces, mostSteps] = [20, 25]

export const commandLists: fc.Arbitrary<Command[]> = fc
  .array(
    fc.oneof(
      often(
        10,
        single.map((step) => [step]),
      ),
      often(3, touch),
      often(1, actOfRoot),
      often(1, recovery),
      often(1, invitation),
      often(1, issuerEnds),
      often(2, addressing),
      often(2, tokenOfAda),
    ),
    { minLength: 1, maxLength: mostPieces, size: 'max' },
  )
  .map((pieces) => pieces.flat().slice(0, mostSteps))
