import { getSystemErrorMessage } from 'node:util'
import type { Command } from './command.ts'
import { asksForHelp, findCommand } from './find-command.ts'

/**
 * Returns the line that says why output is missing, and what to do about a result that was not seen. Null
 * when a reader like `head` needs no more of a command that changes nothing.
 */
export function lostOutput(
  commands: readonly Command[],
  words: readonly string[],
  { code, errno, message }: NodeJS.ErrnoException,
): string | null {
  const unseen = unseenOf(commands, words)
  if (unseen === null && code === 'EPIPE') return null
  const why = errno === undefined ? message : getSystemErrorMessage(errno)
  const line = `Not all output was written: ${why}.`
  return unseen === null ? line : `${line} ${unseen}`
}

function unseenOf(commands: readonly Command[], words: readonly string[]): string | null {
  const command = findCommand(commands, words)
  if (command === undefined || asksForHelp(words)) return null
  const { unseen = () => 'The command may have done its work.' } = command
  return unseen === null ? null : unseen()
}
