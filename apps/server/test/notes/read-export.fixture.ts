// Process for long-export.test.ts: `node read-export.fixture.ts <url> <cookie>`. It reads an export with the
// typed client. After every 2 MB it prints how many bytes it has read, and the most memory that it used.
import { createClient } from '@app/client'
import { usedBytes } from './used-bytes.ts'

const [, , url = '', cookie = ''] = process.argv
const stepBytes = 2 * 1024 * 1024

const withCookie: typeof fetch = (input, init) => fetch(input, { ...init, headers: { cookie } })
const { account } = createClient(url, { fetch: withCookie })
const before = usedBytes()
let [length, most, nextSampleAt] = [0, 0, stepBytes]
const report = () => process.stdout.write(`${JSON.stringify({ length, most })}\n`)
for await (const piece of await account.export.query()) {
  length += piece.length
  if (length < nextSampleAt) continue
  nextSampleAt += stepBytes
  most = Math.max(most, usedBytes() - before)
  report()
}
report()
