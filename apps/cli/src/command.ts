/** One thing that the command line does. */
export interface Command {
  /** The words that choose it: `admin create`. */
  name: string
  /** What follows them in the usage line. */
  parameters: string
  /** For the list of commands. */
  summary: string
  /** What a person must know to use it; shown by `--help` below the usage line. */
  details: string
  /**
   * Loads what it needs when it needs it: the router takes ten times as long as all the rest, and neither
   * help nor wrong use has to wait for it.
   * @throws CommandFailed, WrongUse
   */
  run(args: string[]): Promise<void>
}

/** Ends the command with exit code 1. The message says what to do about it. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** Ends the command with exit code 2: it was not called the way it is meant to be. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** The person pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
