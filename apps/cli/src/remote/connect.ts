import { readFileSync } from 'node:fs'
import { createClient } from '@app/client'
import { CommandFailed, Interrupted, WrongUse } from '../command.ts'
import { codeOf } from '../error-causes.ts'
import { ownCommand } from '../own-command.ts'
import { credentialsFile, readCredentials } from './credentials.ts'
import { fileCookies } from './file-cookies.ts'
import { remoteVariables } from './remote-options.ts'
import type { RemoteValues } from './remote-options.ts'
import { Remote } from './remote.ts'
import { serverFetch } from './server-fetch.ts'
import { serverOrigin } from './server-url.ts'

const defaultTimeoutSeconds = 30
const maxTimeoutSeconds = 3_600

/**
 * Runs work with the server that the options name. Ctrl-C ends it.
 * @throws WrongUse, CommandFailed, Interrupted
 */
export async function withRemote(
  values: RemoteValues,
  work: (remote: Remote) => Promise<void>,
): Promise<void> {
  const timeoutMs = timeoutOf(values.timeout)
  const file = credentialsFile(process.env)
  const origin = chosenServer(values, file)
  const token = tokenOf(values)
  const interruption = new AbortController()
  const interrupt = () => interruption.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  try {
    const fetch = serverFetch
    const api = createClient(
      origin,
      token === null ? { fetch, cookies: fileCookies(file, origin) } : { fetch, token },
    )
    const interrupted = interruption.signal
    const isJson = values.json === true
    await work(new Remote({ origin, api, usesToken: token !== null, isJson, timeoutMs, interrupted }))
  } finally {
    process.off('SIGINT', interrupt)
  }
}

function chosenServer(values: RemoteValues, file: string): string {
  const named = values.server ?? (process.env[remoteVariables.server] || undefined)
  const allowsHttp = values['allow-http'] === true
  if (named !== undefined) return serverOrigin(named, { allowsHttp })
  const { server } = readCredentials(file)
  if (server !== null) return serverOrigin(server, { allowsHttp })
  throw new WrongUse(
    `Name the server with --server <url>, or log in once: ${ownCommand()} login <username> --server <url>`,
  )
}

/** Reads the access token; null when a session is used. */
function tokenOf(values: RemoteValues): string | null {
  if (values.token !== undefined) {
    console.error(
      `Warning: other users of this machine can see --token in the list of processes. Use --token-file or ${remoteVariables.token}.`,
    )
    return values.token.trim()
  }
  const file = values['token-file']
  if (file !== undefined) return readToken(file)
  return process.env[remoteVariables.token]?.trim() || null
}

function readToken(file: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim()
    if (/^[!-~]{1,512}$/.test(token)) return token
  } catch (error) {
    const code = codeOf(error) ?? 'unreadable'
    throw new CommandFailed(`The token cannot be read from ${file} (${code}).`, { cause: error })
  }
  throw new CommandFailed(`${file} contains no token.`)
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return defaultTimeoutSeconds * 1_000
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxTimeoutSeconds) return seconds * 1_000
  throw new WrongUse(`--timeout must be a whole number of seconds from 1 to ${maxTimeoutSeconds}.`)
}
