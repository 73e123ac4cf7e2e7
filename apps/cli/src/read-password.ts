import type { Readable } from 'node:stream'

import { CommandFailed } from './command.ts'

/** Far more than any password may be long; what is sent here by mistake is not read to its end. */
const longestBytes = 64 * 1024

/** A password that a program passes on a pipe: everything up to the end, without the line break that `echo` adds. */
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
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new CommandFailed('The password on standard input is not UTF-8 text.', { cause: error })
  }
}
