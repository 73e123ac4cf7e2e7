import type { Readable } from 'node:stream'
import { CommandFailed } from './command.ts'

/** Far more than any password may be long; what is sent here by mistake is not read to its end. */
const longestBytes = 64 * 1024

const notText = 'The password on standard input is not UTF-8 text.'

/**
 * Reads a password that a program passes on a pipe: everything up to the end, without the byte order mark
 * that Windows programs begin with and the line break that `echo` adds.
 * @throws CommandFailed
 */
export async function readPassword(input: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Sound: a stream without an encoding gives buffers.
  for await (const chunk of input as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > longestBytes) throw new CommandFailed('Standard input holds more than a password.')
  }
  const password = decode(Buffer.concat(chunks)).replace(/\r?\n$/, '')
  if (/[\r\n]/.test(password)) {
    throw new CommandFailed('Standard input has more than one line. Pass the password alone.')
  }
  return password
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
