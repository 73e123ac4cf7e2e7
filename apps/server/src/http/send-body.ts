import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { endResponse } from './coalesced-writes.ts'

/**
 * Small enough that a client on a slow connection reads a slice within `stalledMs`, after which it is cut
 * off.
 */
const sliceBytes = 16 * 1024

/** A page of an export has 256 KB: 70 kbit/s are enough. */
const maxPieceMs = 30_000

/**
 * Sends a whole body, in slices without a copy, so that `slow-clients.ts` sees the progress of the client.
 */
export async function sendBody(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  response.setHeader('Content-Length', bytes.length)
  if (bytes.length <= sliceBytes) return endResponse(response, bytes)
  await send(response, slicesOf(bytes))
}

/** Sends a whole text as `sendBody` does; a short one together with the headers, in one write. */
export function sendText(response: ServerResponse, text: string, bytes: number): Promise<void> | void {
  if (bytes > sliceBytes) return sendBody(response, Buffer.from(text))
  response.setHeader('Content-Length', bytes)
  endResponse(response, text)
}

/**
 * Sends a body piece by piece, and makes each piece after the client has read the one before. A client that
 * takes longer than `pieceMs` for a piece is cut off; making a piece may take any time. If making one fails,
 * the body is aborted.
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string>,
  pieceMs = maxPieceMs,
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
    // The client left, or making a piece failed. The body gets no end, so the client does not take it for
    // complete.
    response.destroy()
  }
}

function* slicesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += sliceBytes)
    yield bytes.subarray(start, start + sliceBytes)
}
