import fc from 'fast-check'

export const devices = ['laptop', 'phone', 'tablet'] as const
export type Device = (typeof devices)[number]

export const usernames = ['ada', 'bob', 'root'] as const
export type Username = (typeof usernames)[number]

/** Two server processes on one database. */
export type Door = 1 | 2

/** The device of a call and the server that handles it. */
export interface By {
  device: Device
  door: Door
}

/** The password that a user types: the current one, or the other one. */
export type Typed = 'right' | 'wrong'

/** One step. Each is possible at any time, so that a shortened list stays valid. */
export type Command =
  | { do: 'sign up'; by: By; username: 'ada' | 'bob'; remember: boolean }
  | { do: 'log in'; by: By; username: Username; password: Typed; remember: boolean }
  | { do: 'call' | 'log out' | 'list sessions' | 'end the other sessions' | 'close the account'; by: By }
  | { do: 'elevate' | 'change the password'; by: By; password: Typed }
  /** `which` counts all sessions so far, from the newest back. */
  | { do: 'end a session'; by: By; which: number }
  | { do: 'set the role'; by: By; username: Username; role: 'user' | 'admin' }
  | { do: 'disable' | 'enable' | 'end all sessions of' | 'remove'; by: By; username: Username }
  /**
   * A cookie that was stolen or restored from a backup. It must not outlive its session.
   */
  | { do: 'copy the cookie'; from: Device; to: Device }
  | { do: 'wait'; seconds: number }
  | { do: 'restart'; door: Door }

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/**
 * Values around every limit: a tenth of the idle times, the sudo window, the idle and the absolute expiry.
 */
const shortPauses = [1, 5 * minute + 59, 6 * minute, 10 * minute, 50 * minute, hour - 1, hour] as const
const longPauses = [2 * hour, 33 * hour, 34 * hour, 10 * day, 13 * day, 14 * day - 1, 14 * day] as const

const device = fc.constantFrom(...devices)
const door = fc.constantFrom(1 as const, 2 as const)
const by = fc.record({ device, door })
const username = fc.constantFrom(...usernames)
const password = fc.oneof(
  { weight: 4, arbitrary: fc.constant('right' as const) },
  { weight: 1, arbitrary: fc.constant('wrong' as const) },
)
const remember = fc.boolean()

const shortWait = fc.record({ do: one('wait'), seconds: fc.constantFrom(...shortPauses) })
const longWait = fc.record({ do: one('wait'), seconds: fc.constantFrom(...longPauses) })
const call = fc.record({ do: one('call'), by })
const logIn = fc.record({ do: one('log in'), by, username, password, remember })
const setRole = fc.record({
  do: one('set the role'),
  by,
  username,
  role: fc.constantFrom('admin', 'user'),
})
const administrate = fc.record({
  do: one('disable', 'enable', 'end all sessions of', 'remove'),
  by,
  username,
})

const single: fc.Arbitrary<Command> = fc.oneof(
  often(6, call),
  often(6, logIn),
  often(2, fc.record({ do: one('sign up'), by, username: fc.constantFrom('ada', 'bob'), remember })),
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
  often(1, fc.record({ do: one('restart'), door })),
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

const mostSteps = 25

export const commandLists: fc.Arbitrary<Command[]> = fc
  .array(
    fc.oneof(
      often(
        8,
        single.map((step) => [step]),
      ),
      often(2, touch),
      often(1, actOfRoot),
    ),
    { minLength: 1, maxLength: mostSteps, size: 'max' },
  )
  .map((pieces) => pieces.flat().slice(0, mostSteps))

function one<const T extends string>(...names: T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...names)
}

function often<T>(weight: number, arbitrary: fc.Arbitrary<T>): fc.WeightedArbitrary<T> {
  return { weight, arbitrary }
}

/** Formats a step for the protocol. */
export function toLine(step: Command): string {
  switch (step.do) {
    case 'wait':
      return `wait ${inWords(step.seconds)}`
    case 'restart':
      return `restart server ${step.door}`
    case 'copy the cookie':
      return `copy the cookie from ${step.from} to ${step.to}`
    default: {
      const { do: what, by: caller, ...rest } = step
      return [`${caller.device}, server ${caller.door}: ${what}`, ...Object.entries(rest).map(toWord)].join(
        ' ',
      )
    }
  }
}

function toWord([name, value]: [string, unknown]): string {
  return name === 'username' ? String(value) : `${name}=${String(value)}`
}

function inWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / day), 'd'],
    [Math.floor((seconds % day) / hour), 'h'],
    [Math.floor((seconds % hour) / minute), 'min'],
    [seconds % minute, 's'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
