import type { Reader } from '../../db/database.ts'
import { findUserByAddress } from '../emails/index.ts'
import { findUserByUsername } from './store.ts'

/**
 * Finds a user by user name or verified address, with one read for known and unknown ones. No user name
 * contains an @.
 * @param loginName as `normalizeLoginName` returns it
 */
export function findUserByLoginName(db: Reader, loginName: string) {
  return loginName.includes('@') ? findUserByAddress(db, loginName) : findUserByUsername(db, loginName)
}
