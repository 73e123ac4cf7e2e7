import { CommandFailed } from './command.ts'

interface ExpectedInput {
  maxBytes: number
  /** The errors, as sentences. */
  tooLong: string
  notText: string
}

/** For the input of any procedure: none takes more. */
const anyInput: ExpectedInput = {
  maxBytes: 1024 * 1024,
  tooLong: 'Standard input is longer than 1 MB.',
  notText: 'Standard input is not UTF-8 text.',
}

/** Reads UTF-8 text from standard input up to its end. @throws CommandFailed */
export async function readInput({ maxBytes, tooLong, notText }: ExpectedInput = anyInput): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Sound: a stream without an encoding gives buffers.
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > maxBytes) throw new CommandFailed(tooLong)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw new CommandFailed(notText, { cause: error })
  }
}
