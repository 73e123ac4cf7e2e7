import { CommandFailed } from './command.ts'
import { readInput } from './read-input.ts'

const passwordInput = {
  /** Far longer than any password. Input that is sent here by mistake is not read to its end. */
  maxBytes: 64 * 1024,
  tooLong: 'Standard input is too long for a password.',
  notText: 'The password on standard input is not UTF-8 text.',
}

/**
 * Reads a password from standard input up to its end, without the byte order mark of Windows programs and the
 * line break that `echo` adds.
 * @throws CommandFailed
 */
export async function readPassword(): Promise<string> {
  const [password = '', ...others] = await readSecretLines()
  if (others.length > 0) {
    throw new CommandFailed('Standard input has more than one line. Pass the password alone.')
  }
  return password
}

/**
 * Reads a password, and on the next line a code, from standard input up to its end.
 * @throws CommandFailed
 */
export async function readPasswordAndCode(): Promise<{ password: string; code?: string }> {
  const [password = '', code, ...others] = await readSecretLines()
  if (others.length > 0) throw new CommandFailed('Standard input has more than a password and a code.')
  return { password, ...(code === undefined ? {} : { code }) }
}

async function readSecretLines(): Promise<string[]> {
  const text = await readInput(passwordInput)
  // UTF-16 has a zero byte beside every ASCII letter.
  if (text.includes('\0')) throw new CommandFailed(passwordInput.notText)
  return text.replace(/\r?\n$/, '').split(/\r\n|[\r\n]/)
}
