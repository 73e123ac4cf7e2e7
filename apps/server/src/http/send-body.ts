import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/**
 * Small enough that a client on a slow line takes one within `stalledMs`, after which it would be cut off.
 */
const sliceBytes = 16 * 1024

/** A page of an export has 256 KB: 70 kbit/s are enough. */
const longestPieceMs = 30_000

/**
 * Sends a whole body, in slices without a copy, so that `slow-clients.ts` sees the progress of the client.
 */
export async function sendBody(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  response.setHeader('Content-Length', bytes.length)
  if (bytes.length <= sliceBytes) return void response.end(bytes)
  await send(response, slicesOf(bytes))
}

/**
 * Sends a body piece by piece, and makes the next one when the client has taken the one before. A client that
 * takes longer than `pieceMs` for a piece is cut off; making a piece may take any time. When making one
 * fails, the body is broken off.
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string>,
  pieceMs = longestPieceMs,
): Promise<void> {
  async function* slices(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const deadline = setTimeout(() => response.destroy(), pieceMs)
      try {
        yield* slicesOf(Buffer.from(piece))
      } finally {
        clearTimeout(deadline)
      }
    }
  }
  await send(response, slices())
}

async function send(
  response: ServerResponse,
  slices: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    await pipeline(slices, response)
  } catch {
    // The client left, or a piece could not be made: then nothing ends the body, so it is not taken for
    // whole.
    response.destroy()
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceBytes)
    yield bytes.subarray(start, start + sliceBytes)
}
