import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Failure } from '@app/contract'
import { product } from '@app/contract/product'
import { vi } from 'vitest'
import { credentialHeaders } from '../support/raw-call.ts'
import type { Transport } from './transports.ts'

const source = new URL('../../../cli/src/', import.meta.url)
// Sound: the modules of the command, which the types of the server do not include.
const { run } = (await import(new URL('run.ts', source).href)) as {
  run(commands: readonly unknown[], words: string[]): Promise<number>
}
const { call } = (await import(new URL('commands/call.ts', source).href)) as { call: unknown }

/** The cookies of one server, as the command keeps them. */
interface Profile {
  cookies: { key: string; value: string }[]
}

/**
 * Runs the command `call` as a user who has these credentials. In this process, because starting one takes
 * 150 ms of CPU: what a process adds is tested with the command.
 */
export const cli: Transport = async (app, procedure, input, credentials) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-cli-call-'))
  const file = path.join(folder, product.slug, 'credentials.json')
  try {
    const { cookie, authorization } = credentialHeaders(credentials)
    const kept = cookie?.split('; ').map((pair) => pair.split('=', 2)) ?? []
    const before = kept.map(([key = '', value = '']) => ({ key, value }))
    mkdirSync(path.dirname(file), { mode: 0o700 })
    writeFileSync(file, storedCredentials(app.url, before), { mode: 0o600 })
    const token = authorization?.replace('Bearer ', '')
    const environment = { XDG_STATE_HOME: folder, ...(token !== undefined && { ACCOUNTS_TOKEN: token }) }
    // A stream does not end by itself.
    const isEndless = procedure === 'sessions.events'
    const words = ['call', procedure, '-', '--json', '--server', app.url]
    const { out, err } = await runHere(words, JSON.stringify(input), environment, isEndless)
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

/** Runs a command with its own environment and standard streams. One at a time: the process has only one. */
async function runHere(
  words: string[],
  input: string,
  environment: Record<string, string>,
  isInterrupted: boolean,
): Promise<{ out: string; err: string }> {
  let [out, err] = ['', '']
  const before = process.listeners('SIGINT')
  const interrupt = () => {
    for (const listener of process.listeners('SIGINT')) {
      if (!before.includes(listener)) listener('SIGINT')
    }
  }
  using _log = vi.spyOn(console, 'log').mockImplementation((line: string) => {
    out += `${line}\n`
    if (isInterrupted) interrupt()
  })
  using _error = vi.spyOn(console, 'error').mockImplementation((line: string) => void (err += `${line}\n`))
  using _write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    out += text.toString()
    // Sound: the command gives a callback and no encoding.
    const [done] = rest as [(() => void)?]
    done?.()
    return true
  })
  const { env } = process
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {}
  process.env = environment
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true })
  try {
    await run([call], words)
    return { out, err }
  } finally {
    process.env = env
    Object.defineProperty(process, 'stdin', stdin)
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
