import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { product } from '@app/contract/product'
import { CommandFailed } from '../command.ts'
import { withLock } from './lock-file.ts'

/** What the command remembers between two runs. */
export interface Credentials {
  /** The origin of the last log-in. */
  server: string | null
  /** The cookies of each server, by its origin, as the cookie jar serializes them. */
  profiles: Record<string, object>
}

/** Returns the file of the credentials: in the folder for state of the XDG Base Directory Specification. */
export function credentialsFile(environment: NodeJS.ProcessEnv): string {
  const given = environment['XDG_STATE_HOME'] ?? ''
  // The specification says that relative paths are ignored.
  const base = path.isAbsolute(given) ? given : path.join(homedir(), '.local', 'state')
  return path.join(base, product.slug, 'credentials.json')
}

/**
 * Reads the credentials. Every request does so before it is sent, so a log-in whose session would not be
 * private fails before the server gets the password.
 * @throws CommandFailed when other users can read or change the file, or it is damaged
 */
export function readCredentials(file: string): Credentials {
  requirePrivateFolder(path.dirname(file))
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return { server: null, profiles: {} }
  requirePrivate(file, stats)
  return parse(readFileSync(file, 'utf8'), file)
}

/**
 * Changes the credentials. Another process that changes them waits, so neither change is lost. A file is
 * replaced as a whole, so a crash leaves the old or the new one.
 * @throws CommandFailed when other users can read or change the file, or replace it, or it is damaged
 */
export async function updateCredentials(
  file: string,
  change: (credentials: Credentials) => void,
): Promise<void> {
  const folder = path.dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Also before the lock, which is a file in the folder.
  requirePrivateFolder(folder)
  await withLock(`${file}.lock`, () => {
    const credentials = readCredentials(file)
    change(credentials)
    replaceFile(file, `${JSON.stringify({ version: 1, ...credentials })}\n`)
  })
}

function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    const descriptor = openSync(draft, 'wx', 0o600)
    writeSync(descriptor, text)
    fsyncSync(descriptor)
    closeSync(descriptor)
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Windows has no modes. */
const hasModes = process.platform !== 'win32'

function requirePrivate(file: string, { mode, uid }: { mode: number; uid: number }): void {
  if (hasModes && uid !== process.getuid?.()) {
    throw new CommandFailed(`${file} belongs to another user. Delete it, and log in again.`)
  }
  if (hasModes && (mode & 0o077) !== 0) {
    throw new CommandFailed(
      `Other users can read or change ${file}, which contains your sessions. If one may have, end the sessions on your account page. Then run: chmod 600 ${file}`,
    )
  }
}

function requirePrivateFolder(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (!hasModes || stats === undefined) return
  if (stats.uid !== process.getuid?.()) {
    throw new CommandFailed(
      `${folder} belongs to another user. Set XDG_STATE_HOME to a folder that belongs to you.`,
    )
  }
  if ((stats.mode & 0o022) === 0) return
  throw new CommandFailed(
    `Other users can replace files in ${folder}, which contains your sessions. Run: chmod 700 ${folder}`,
  )
}

function parse(text: string, file: string): Credentials {
  try {
    const { version, server, profiles } = JSON.parse(text) as Partial<Credentials & { version: number }>
    if (version === 1 && isObject(profiles) && Object.values(profiles).every(isObject)) {
      return { server: typeof server === 'string' ? server : null, profiles }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new CommandFailed(`${file} is damaged, or of a newer version. Delete it, and log in again.`)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
