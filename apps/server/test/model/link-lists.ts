import fc from 'fast-check'
import type { AdminAction, By, Command } from './command.ts'
import { acceptInvitation, administrate, by, day, one, password, remember, useLink, which } from './steps.ts'

/** Just before and just after the end of a link: one day for recovery, seven days for an invitation. */
const linkWait = fc.record({
  do: one('wait'),
  seconds: fc.constantFrom(day - 1, day, 7 * day - 1, 7 * day),
})

/** What ends a link: root or its user acts on the account, another link is issued, or time passes. */
function beforeUse(root: By, username: 'ada' | 'bob'): fc.Arbitrary<Command[]> {
  const step = (what: AdminAction): Command => ({ do: what, by: root, username })
  const changePassword: fc.Arbitrary<Command[]> = by.map((other) => [
    { do: 'log in', by: other, username, password: 'right', remember: true },
    { do: 'change the password', by: other, password: 'right' },
  ])
  return fc.oneof(
    fc.constant<Command[]>([]),
    linkWait.map((wait): Command[] => [wait]),
    changePassword,
    fc.constantFrom<Command[]>(
      [step('disable')],
      [step('disable'), step('enable')],
      [step('remove')],
      [step('issue a recovery link')],
    ),
  )
}

/** The holder of a link that root issued uses it, perhaps twice, and logs in. */
export const recovery: fc.Arbitrary<Command[]> = fc
  .tuple(by, fc.constantFrom('ada', 'bob'))
  .chain(([root, name]) =>
    fc.record({
      start: fc.constant(rootActs(root, { do: 'issue a recovery link', by: root, username: name })),
      between: beforeUse(root, name),
      uses: fc.array(useLink, { minLength: 1, maxLength: 2 }),
      end: fc.record({
        do: one('log in'),
        by,
        username: fc.constant(name),
        password,
        remember,
      }),
    }),
  )
  .map(({ start, between, uses, end }) => [...start, ...between, ...uses, end])

/** Ada issues a link for Bob as an admin, and root ends her role or her account before it is used. */
export const issuerEnds: fc.Arbitrary<Command[]> = fc
  .tuple(
    by,
    by,
    by,
    fc.constantFrom<AdminAction | 'set the role'>('set the role', 'disable', 'remove'),
    useLink,
    remember,
  )
  .map(([ofBob, root, ofAda, end, use, remembered]) => [
    { do: 'sign up', by: ofBob, username: 'bob', remember: remembered },
    ...rootActs(root, { do: 'set the role', by: root, username: 'ada', role: 'admin' }),
    { do: 'log in', by: ofAda, username: 'ada', password: 'right', remember: remembered },
    { do: 'issue a recovery link', by: ofAda, username: 'bob' },
    ...rootActs(
      root,
      end === 'set the role'
        ? { do: end, by: root, username: 'ada', role: 'user' }
        : { do: end, by: root, username: 'ada' },
    ),
    use,
  ])

/** The holders of an invitation that root created accept it, perhaps after another step. */
export const invitation: fc.Arbitrary<Command[]> = fc
  .record({
    by,
    between: fc.option(
      fc.oneof(linkWait, fc.record({ do: one('revoke an invitation'), by, which }), administrate),
      { nil: undefined },
    ),
    uses: fc.array(acceptInvitation, { minLength: 1, maxLength: 2 }),
  })
  .map(({ by: caller, between, uses }) => [
    ...rootActs(caller, { do: 'create an invitation', by: caller }),
    ...(between === undefined ? [] : [between]),
    ...uses,
  ])

function rootActs(caller: By, act: Command): Command[] {
  return [{ do: 'log in', by: caller, username: 'root', password: 'right', remember: true }, act]
}
