import type { MailData } from '@app/mails'
import type { Writer } from '../../db/database.ts'
import { linked, queueNotice } from './notices.ts'
import type { NoticeDeps, Owner } from './notices.ts'

type Identity = Pick<MailData<'identity-linked'>, 'provider' | 'name'>

export function notifyOfLinkedIdentity(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  identity: Identity,
): Promise<void> {
  const data = { ...linked(deps, user), ...identity }
  return queueNotice(tx, deps, { userId: user.id, mail: 'identity-linked', data })
}

export function notifyOfUnlinkedIdentity(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  identity: Identity,
): Promise<void> {
  const data = { ...linked(deps, user), ...identity }
  return queueNotice(tx, deps, { userId: user.id, mail: 'identity-unlinked', data })
}
