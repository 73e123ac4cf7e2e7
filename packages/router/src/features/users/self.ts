import type { Self } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { findEmail } from '../emails/index.ts'
import type { FoundUser } from './table.ts'
import { ownFields } from './visible-fields.ts'

/** Reads a user's address and returns the user as they see themselves. */
export async function readSelf(db: Reader, user: FoundUser): Promise<Self> {
  return ownFields(user, await findEmail(db, user.id))
}
