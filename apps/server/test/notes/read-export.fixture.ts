// A process of its own for long-export.test.ts: `node read-export.fixture.ts <url> <cookie>`. Reads an export
// with the typed client, and writes how much it read and how much memory it used for that.
import { createClient } from '@app/client'
import { usedBytes } from './used-bytes.ts'

const [, , url = '', cookie = ''] = process.argv
const megabyte = 1024 * 1024

const withCookie: typeof fetch = (input, init) => fetch(input, { ...init, headers: { cookie } })
const { account } = createClient(url, { fetch: withCookie })
const before = usedBytes()
let [length, most, nextLook] = [0, 0, megabyte]
for await (const piece of await account.export.query()) {
  length += piece.length
  if (length < nextLook) continue
  nextLook += megabyte
  most = Math.max(most, usedBytes() - before)
}
process.stdout.write(JSON.stringify({ length, most }))
