/** One command for operators. */
export interface Command {
  /** The words that select it: `admin create`. */
  name: string
  /** The text after them in the usage line. */
  parameters: string
  /** For the list of commands. */
  summary: string
  /** Whether it calls a server as a user. Other commands are about the installation beside them. */
  callsServer?: true
  /** What an operator must know to use it; shown by `--help` below the usage line. */
  details: string
  /**
   * Returns a sentence about a result that was not written; null for a command that changes nothing. Default:
   * that the command may have done its work.
   */
  unseen?: (() => string) | null
  /**
   * Runs the command. Loads modules when they are needed: the router takes ten times as long as all the rest,
   * and help and usage errors do not need it.
   * @throws CommandFailed, WrongUse
   */
  run(args: string[]): Promise<void>
}

/** Ends the command with exit code 1. The message contains the fix. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** Ends the command with exit code 2: its arguments are wrong. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** Thrown when the operator presses Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
