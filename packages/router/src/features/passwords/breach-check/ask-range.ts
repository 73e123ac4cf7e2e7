import { hash } from 'node:crypto'

/** The answer of a range service: nothing, or why there is none. */
export type RangeAnswer =
  | { kind: 'breached' }
  | { kind: 'unknown' }
  | { kind: 'unasked'; reason: 'timeout' | 'unreachable' | 'status' | 'malformed' }

interface RangeQuestion {
  /** Ends with a slash; the first five digits of the hash are appended. */
  url: string
  /** For the whole answer. */
  timeoutMs: number
}

/** An answer has about 40 KB, padding included. */
const maxAnswerBytes = 200 * 1024

/** The rest of a SHA-1, and how many leaked accounts had the password; 0 is padding. */
const rangeLine = /^([0-9A-F]{35}):(\d{1,12})$/i

/**
 * Asks a range service like Pwned Passwords whether a password is known from breaches. The service learns 20
 * bits of its SHA-1, which hundreds of leaked passwords share (k-anonymity), and padding hides from the
 * network how many. Never throws. An answer that is not entirely as expected counts as none.
 */
export async function askRange({ url, timeoutMs }: RangeQuestion, password: string): Promise<RangeAnswer> {
  const sha1 = hash('sha1', password.normalize('NFC')).toUpperCase()
  try {
    const response = await fetch(new URL(sha1.slice(0, 5), url), {
      headers: { 'Add-Padding': 'true' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel()
      return { kind: 'unasked', reason: 'status' }
    }
    const text = await readAnswer(response.body)
    const lines = text
      ?.trimEnd()
      .split(/\r?\n/)
      .map((line) => rangeLine.exec(line)) ?? [null]
    if (lines.includes(null)) return { kind: 'unasked', reason: 'malformed' }
    const found = lines.some((line) => line?.[1]?.toUpperCase() === sha1.slice(5) && Number(line[2]) > 0)
    return { kind: found ? 'breached' : 'unknown' }
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError'
    return { kind: 'unasked', reason: isTimeout ? 'timeout' : 'unreachable' }
  }
}

/** @returns null when the answer is too long; the rest is not read */
async function readAnswer(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxAnswerBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}
