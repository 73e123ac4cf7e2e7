import fc from 'fast-check'
import type { By, Command } from './command.ts'
import { administrate, by, call, longWait, one, which } from './steps.ts'

export const useToken = fc.record({ do: one('call by a token', 'change the name by a token'), by, which })

export const createToken = fc.record({
  do: one('create a token'),
  by,
  scope: fc.constantFrom('account:read' as const, 'account:write' as const),
  days: fc.constantFrom(1, 90),
})

export const revokeToken = fc.record({ do: one('revoke a token'), by, which })

function logInAsRoot(root: By): Command {
  return { do: 'log in', by: root, username: 'root', password: 'right', remember: true }
}

/** A program uses a token of Ada, perhaps after what ends it or what must not end it. */
export const tokenOfAda: fc.Arbitrary<Command[]> = fc
  .record({
    created: createToken,
    use: useToken,
    between: fc.oneof(
      longWait.map((wait): Command[] => [wait]),
      revokeToken.map((step): Command[] => [step]),
      fc
        .tuple(by, administrate)
        .map(([root, step]): Command[] => [logInAsRoot(root), { ...step, by: root, username: 'ada' }]),
      by.map((root): Command[] => [
        logInAsRoot(root),
        { do: 'disable', by: root, username: 'ada' },
        { do: 'enable', by: root, username: 'ada' },
      ]),
      fc
        .tuple(by, by)
        .map(([root, holder]): Command[] => [
          logInAsRoot(root),
          { do: 'issue a recovery link', by: root, username: 'ada' },
          { do: 'reset the password', by: holder, which: 0 },
        ]),
      by.map((other): Command[] => [
        { do: 'log in', by: other, username: 'ada', password: 'right', remember: true },
        { do: 'change the password', by: other, password: 'right' },
        { do: 'end the other sessions', by: other },
      ]),
      call.map((step): Command[] => [step, { do: 'log out', by: step.by }]),
    ),
    again: useToken,
  })
  .map(({ created, use, between, again }) => [
    { do: 'log in', by: created.by, username: 'ada', password: 'right', remember: false },
    created,
    { ...use, which: 0 },
    ...between,
    { ...again, which: 0 },
  ])
