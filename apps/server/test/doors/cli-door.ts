import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Failure } from '@app/contract'
import { product } from '@app/contract/product'
import { credentialHeaders } from '../support/raw-call.ts'
import type { Door } from './doors.ts'

const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url))

/** The cookies of one server, as the command keeps them. */
interface Profile {
  cookies: { key: string; value: string }[]
}

/** Runs the command `call` as a user who has these credentials. */
export const cli: Door = async (app, procedure, input, credentials) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-cli-door-'))
  const file = path.join(folder, product.slug, 'credentials.json')
  try {
    const { cookie, authorization } = credentialHeaders(credentials)
    const kept = cookie?.split('; ').map((pair) => pair.split('=', 2)) ?? []
    const before = kept.map(([key = '', value = '']) => ({ key, value }))
    mkdirSync(path.dirname(file), { mode: 0o700 })
    writeFileSync(file, storedCredentials(app.url, before), { mode: 0o600 })
    const token = authorization?.replace('Bearer ', '')
    const { NODE_COMPILE_CACHE } = process.env
    const child = spawn(process.execPath, [main, 'call', procedure, '-', '--json', '--server', app.url], {
      env: {
        NODE_COMPILE_CACHE,
        XDG_STATE_HOME: folder,
        ...(token !== undefined && { ACCOUNTS_TOKEN: token }),
      },
    })
    child.stdin.end(JSON.stringify(input))
    // A stream does not end by itself.
    if (procedure === 'sessions.events') child.stdout.once('data', () => child.kill('SIGINT'))
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    // Sound: the command wrote the file, and its output is documented in docs/cli.md.
    const { profiles } = JSON.parse(readFileSync(file, 'utf8')) as { profiles: Record<string, Profile> }
    const cookies = changedNames(before, profiles[app.url]?.cookies ?? [])
    if (out !== '') return { outcome: 'ok', value: valueIn(out, procedure), cookies }
    const { failure } = JSON.parse(err) as { failure: Failure }
    const { reason, ...value } = failure
    return { outcome: reason, value, cookies }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function storedCredentials(origin: string, cookies: Profile['cookies']): string {
  const common = { domain: new URL(origin).hostname, path: '/', hostOnly: true }
  const profile = {
    version: 'tough-cookie',
    storeType: 'MemoryCookieStore',
    rejectPublicSuffixes: true,
    cookies: cookies.map((cookie) => ({ ...cookie, ...common })),
  }
  return JSON.stringify({ version: 1, server: origin, profiles: { [origin]: profile } })
}

/** Returns the value that the command printed: of a stream, the data of its first event. */
function valueIn(out: string, procedure: string): unknown {
  if (procedure !== 'sessions.events') return JSON.parse(out)
  // Sound: each line is an event with its id.
  return (JSON.parse(out.split('\n', 1)[0] ?? '') as { data: unknown }).data
}

/** Returns the names of the cookies that were set, changed or removed. */
function changedNames(before: Profile['cookies'], after: Profile['cookies']): string[] {
  const valueOf = (cookies: Profile['cookies'], name: string) =>
    cookies.find(({ key }) => key === name)?.value
  const names = new Set([...before, ...after].map(({ key }) => key))
  return [...names].filter((name) => valueOf(before, name) !== valueOf(after, name))
}
