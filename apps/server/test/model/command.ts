export const devices = ['laptop', 'phone', 'tablet'] as const
export type Device = (typeof devices)[number]

export const usernames = ['ada', 'bob', 'root'] as const
export type Username = (typeof usernames)[number]

/** Few, so that accounts compete for them. */
export const addresses = ['one@example.org', 'two@example.org'] as const
export type Address = (typeof addresses)[number]

/** Two server processes on one database. */
export type ServerNumber = 1 | 2

/** The device of a call and the server that handles it. */
export interface By {
  device: Device
  server: ServerNumber
}

/** The password that a user types: the current one, or the other one. */
export type Typed = 'right' | 'wrong'

export type AdminAction = 'disable' | 'enable' | 'end all sessions of' | 'remove' | 'issue a recovery link'

/** One step. Each is possible at any time, so that a shortened list stays valid. */
export type Command =
  | { do: 'sign up'; by: By; username: 'ada' | 'bob'; remember: boolean; invitation?: number }
  | { do: 'log in'; by: By; username: Username; password: Typed; remember: boolean }
  | { do: 'call' | 'log out' | 'list sessions' | 'end the other sessions' | 'close the account'; by: By }
  | { do: 'elevate' | 'change the password'; by: By; password: Typed }
  /** `which` counts all sessions so far, from the newest back. */
  | { do: 'end a session'; by: By; which: number }
  | { do: 'set the role'; by: By; username: Username; role: 'user' | 'admin' }
  | { do: AdminAction; by: By; username: Username }
  /** `which` counts the links or invitations so far, from the newest back, like `invitation` above. */
  | { do: 'inspect a recovery link' | 'reset the password' | 'revoke an invitation'; by: By; which: number }
  | { do: 'create an invitation'; by: By }
  | { do: 'enter an address'; by: By; address: Address }
  | { do: 'ask for the link again' | 'remove the address'; by: By }
  /** `which` counts the mailed links of this kind so far, from the newest back. */
  | { do: 'confirm an address'; by: By; which: number }
  | { do: 'log in by address'; by: By; address: Address; password: Typed; remember: boolean }
  | { do: 'request a recovery mail'; by: By; name: Username | Address }
  | { do: 'create a token'; by: By; scope: 'account:read' | 'account:write'; days: number }
  /** `which` counts all tokens so far, from the newest back. A call by a token sends no cookie. */
  | { do: 'revoke a token' | 'call by a token' | 'change the name by a token'; by: By; which: number }
  /**
   * A cookie that was stolen or restored from a backup. It must not outlive its session.
   */
  | { do: 'copy the cookie'; from: Device; to: Device }
  | { do: 'wait'; seconds: number }
  | { do: 'restart'; server: ServerNumber }

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Formats a step for the protocol. */
export function toLine(step: Command): string {
  switch (step.do) {
    case 'wait':
      return `wait ${inWords(step.seconds)}`
    case 'restart':
      return `restart server ${step.server}`
    case 'copy the cookie':
      return `copy the cookie from ${step.from} to ${step.to}`
    default: {
      const { do: what, by: caller, ...rest } = step
      return [`${caller.device}, server ${caller.server}: ${what}`, ...Object.entries(rest).map(toWord)].join(
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
