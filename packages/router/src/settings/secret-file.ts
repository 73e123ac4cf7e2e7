import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { errorCode } from '../error-code.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Returns the secret of a server that only this machine can reach: created once, stored beside the database,
 * readable by its owner only. It appears under its name complete or not at all, so two processes that start
 * simultaneously get the same secret.
 */
export function loadOrCreateSecret(file: string): string {
  const existing = readSecret(file)
  if (existing !== undefined) return existing
  makeFolder(path.dirname(file))
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, file)
    chmodSync(file, 0o600)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  const secret = readSecret(file)
  if (secret === undefined) throw new Error(`${file} was deleted while the server created it. Start again.`)
  return secret
}

function readSecret(file: string): string | undefined {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (Buffer.byteLength(secret) < 32) {
      throw new Error(
        `The secret in ${file} is too short. Delete the file to create a new one (all users must log in again).`,
      )
    }
    return secret
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
