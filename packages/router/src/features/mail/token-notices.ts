import type { Writer } from '../../db/database.ts'
import { linked, queueNotice } from './notices.ts'
import type { NoticeDeps, Owner } from './notices.ts'

export function notifyOfCreatedToken(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  { name }: { name: string },
): Promise<void> {
  const data = { ...linked(deps, user), name }
  return queueNotice(tx, deps, { userId: user.id, mail: 'token-created', data })
}
