import fc from 'fast-check'

export const browsers = ['laptop', 'phone'] as const
export type Browser = (typeof browsers)[number]

/** One step of the owner of an account, of an attacker who knows the user name, or of time. */
export type LockoutCommand =
  | { owner: 'log in' | 'mistype' | 'end other sessions' | 'change the password' | 'log out'; on: Browser }
  /** With a recovery link of an operator; then the owner logs in without cookies and known devices. */
  | { owner: 'recover'; on: Browser }
  /** Repeated logins with the right password and without cookies. */
  | { owner: 'run a program'; times: number }
  | { attacker: 'guess'; times: number; fromTheOwnersAddress: boolean; withInventedDevice: boolean }
  /** With wrong passwords for other names. */
  | { attacker: 'use up the address of the owner' }
  /** With the right password, which is then known to the attacker. */
  | { attacker: 'use up the log-ins' | 'use up the confirmations' }
  | { attacker: 'steal the session cookie'; of: Browser }
  /** With the session cookie that was stolen last. */
  | { attacker: 'elevate' | 'change the password' | 'log in'; times: number; fromTheOwnersAddress: boolean }
  | { attacker: 'end other sessions' | 'log out' }
  | { wait: number }

const minute = 60
const hour = 60 * minute

const on = fc.constantFrom(...browsers)
/** Values around the failures without a pause: 5 for unknown devices, 10 for a session or a device. */
const times = fc.constantFrom(1, 4, 6, 11)
const fromTheOwnersAddress = fc.boolean()

const command: fc.Arbitrary<LockoutCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      owner: fc.constantFrom('log in', 'mistype', 'end other sessions', 'change the password', 'log out'),
      on,
    }),
  },
  { weight: 1, arbitrary: fc.record({ owner: fc.constant('recover' as const), on }) },
  { weight: 2, arbitrary: fc.record({ owner: fc.constant('run a program' as const), times }) },
  {
    weight: 2,
    arbitrary: fc.record({
      attacker: fc.constantFrom(
        'use up the address of the owner',
        'use up the log-ins',
        'use up the confirmations',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      attacker: fc.constant('guess' as const),
      times,
      fromTheOwnersAddress,
      withInventedDevice: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ attacker: fc.constant('steal the session cookie' as const), of: on }) },
  {
    weight: 3,
    arbitrary: fc.record({
      attacker: fc.constantFrom('elevate', 'change the password', 'log in'),
      times,
      fromTheOwnersAddress,
    }),
  },
  { weight: 2, arbitrary: fc.record({ attacker: fc.constantFrom('end other sessions', 'log out') }) },
  { weight: 2, arbitrary: fc.record({ wait: fc.constantFrom(1, 30, 11 * minute, hour, 24 * hour) }) },
)

export const lockoutCommands = fc.array(command, { minLength: 1, maxLength: 16, size: 'max' })
