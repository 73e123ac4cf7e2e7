import type { Readable } from 'node:stream'
import { CommandFailed } from '../command.ts'

/** More than any procedure takes. */
const maxBytes = 1024 * 1024

/** Reads UTF-8 text from a pipe up to its end. @throws CommandFailed */
export async function readInput(input: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Sound: a stream without an encoding gives buffers.
  for await (const chunk of input as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > maxBytes) throw new CommandFailed('Standard input is longer than 1 MB.')
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw new CommandFailed('Standard input is not UTF-8 text.', { cause: error })
  }
}
