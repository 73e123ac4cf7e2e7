import type { Self } from '@app/contract'

import { toInstant } from '../../ports/clock.ts'
import type { Reader } from '../../db/database.ts'
import { findEmail } from '../emails/index.ts'
import type { UserRow } from './table.ts'

/** A user's row and address as their owner sees them. */
export async function readSelf(
  db: Reader,
  user: Pick<UserRow, 'id' | 'username' | 'name' | 'role' | 'created_at'>,
): Promise<Self> {
  const email = await findEmail(db, user.id)
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    email: email?.address ?? null,
    emailVerified: email !== undefined && email.verified_at !== null,
    role: user.role,
    createdAt: toInstant(user.created_at),
  }
}
