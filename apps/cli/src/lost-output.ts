import { getSystemErrorMessage } from 'node:util'
import type { Command } from './command.ts'
import { findCommand } from './find-command.ts'

/** Returns the line that says why output is missing, and what to do about a result that was not seen. */
export function lostOutput(
  commands: readonly Command[],
  words: readonly string[],
  { errno, message }: NodeJS.ErrnoException,
): string {
  const why = errno === undefined ? message : getSystemErrorMessage(errno)
  const { unseen = 'The command may have done its work.' } = findCommand(commands, words) ?? {}
  return `Not all output was written: ${why}. ${unseen}`
}
