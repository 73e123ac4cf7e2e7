import type { Readable } from 'node:stream'
import { CommandFailed } from './command.ts'

/** Far longer than any password. Input that is sent here by mistake is not read to its end. */
const maxBytes = 64 * 1024

const notText = 'The password on standard input is not UTF-8 text.'

/**
 * Reads a password from a pipe up to its end, without the byte order mark of Windows programs and the line
 * break that `echo` adds.
 * @throws CommandFailed
 */
export async function readPassword(input: Readable): Promise<string> {
  const [password = '', ...others] = await readSecretLines(input)
  if (others.length > 0) {
    throw new CommandFailed('Standard input has more than one line. Pass the password alone.')
  }
  return password
}

/**
 * Reads a password, and on the next line a code, from a pipe up to its end.
 * @throws CommandFailed
 */
export async function readPasswordAndCode(input: Readable): Promise<{ password: string; code?: string }> {
  const [password = '', code, ...others] = await readSecretLines(input)
  if (others.length > 0) throw new CommandFailed('Standard input has more than a password and a code.')
  return { password, ...(code === undefined ? {} : { code }) }
}

async function readSecretLines(input: Readable): Promise<string[]> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Sound: a stream without an encoding gives buffers.
  for await (const chunk of input as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > maxBytes) throw new CommandFailed('Standard input is too long for a password.')
  }
  return decode(Buffer.concat(chunks))
    .replace(/\r?\n$/, '')
    .split(/\r\n|[\r\n]/)
}

function decode(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // UTF-16 has a zero byte beside every ASCII letter.
    if (!text.includes('\0')) return text
  } catch (error) {
    throw new CommandFailed(notText, { cause: error })
  }
  throw new CommandFailed(notText)
}
