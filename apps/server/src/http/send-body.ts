import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/**
 * Small enough that somebody on a bad line takes one in the time after which they would be cut off
 * (`stalledMs`).
 */
const sliceBytes = 16 * 1024

/** A page of an export has 256 KB: 70 kbit/s are enough. */
const longestPieceMs = 30_000

/** Sends a body that is there. In slices without a copy, so that it shows how far the other side has read. */
export async function sendBytes(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  response.setHeader('Content-Length', bytes.length)
  if (bytes.length <= sliceBytes) return void response.end(bytes)
  await send(response, slicesOf(bytes))
}

/**
 * Sends a body that is still being made, each piece when the one before has been taken. A caller who leaves
 * ends it, and so does one who takes longer for a piece than `pieceMs`. Making the pieces may take any time.
 * @throws what the pieces throw; the answer is broken off then
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string>,
  pieceMs = longestPieceMs,
): Promise<void> {
  let broken: { cause: unknown } | undefined
  async function* slices(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of pieces) {
        const deadline = setTimeout(() => response.destroy(), pieceMs)
        try {
          yield* slicesOf(Buffer.from(piece))
        } finally {
          clearTimeout(deadline)
        }
      }
    } catch (cause) {
      broken = { cause }
      throw cause
    }
  }
  await send(response, slices())
  if (broken !== undefined) throw broken.cause
}

async function send(
  response: ServerResponse,
  slices: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    await pipeline(slices, response)
  } catch {
    // The caller left, and that is all there is to say; or there is nothing more to send, and they must not
    // take it for whole.
    response.destroy()
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceBytes)
    yield bytes.subarray(start, start + sliceBytes)
}
