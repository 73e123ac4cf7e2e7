import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const root = new URL('../../../', import.meta.url)

/** Returns the listings of a document that begin with curl. */
function curlListings(document: string): string[] {
  const text = readFileSync(new URL(document, root), 'utf8')
  return [...text.matchAll(/^```sh\n(curl .*?)^```$/gms)].map(([, listing = '']) => listing)
}

/** Returns the statuses in the comments of a listing; 200 for a command without one. */
function expectedStatuses(listing: string): string[] {
  const commands = listing.replaceAll('\\\n', ' ').trim().split('\n')
  return commands.map((command) => / # (\d{3})$/.exec(command)?.[1] ?? '200')
}

test.each(['README.md', 'docs/rest.md', 'docs/tutorial-api.md'])(
  '%s: its curl commands work',
  async (document) => {
    await using app = await testApp()
    const folder = mkdtempSync(path.join(tmpdir(), 'curl-'))
    const listings = curlListings(document)
    expect(listings).toHaveLength(1)
    const listing = listings.join('\n').replaceAll('http://localhost:8087', app.url)
    try {
      const script = `curl() { command curl -sS -o body -w '%{http_code}\\n' "$@" || exit 1; }\n${listing}`
      const { stdout } = await run('bash', ['-c', script], { cwd: folder })
      expect(stdout.trim().split('\n')).toEqual(expectedStatuses(listing))
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
