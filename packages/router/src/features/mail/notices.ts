import type { Role } from '@app/contract'
import type { MailOrigin } from '@app/mails'
import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Actor } from '../audit/index.ts'
import { queueMail } from './queue.ts'
import type { QueueDeps } from './queue.ts'
import type { MailRequests } from './requests.ts'

// Mails that tell the owner of an account what happened to it (ASVS 5.0 6.3.5, 6.3.7, 6.4.5). Each is queued
// in the transaction of its cause. Those that a user may do without are optional (setting MAIL_NOTICES).

export interface NoticeDeps extends QueueDeps, Pick<Services, 'mailMode' | 'publicUrl'> {
  request: { ip: string | null; userAgent: string | null }
}

export interface Owner {
  id: string
  username: string
}

/** Queues a notice; does nothing where no mail is sent. */
export async function queueNotice(
  tx: Writer,
  deps: NoticeDeps,
  notice: MailRequests['notice'],
): Promise<void> {
  if (deps.mailMode !== 'none') await queueMail(tx, deps, 'notice', notice)
}

export function notifyOfPasswordChange(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, { userId: user.id, mail: 'password-changed', data: linked(deps, user) })
}

export function notifyOfPasswordReset(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, { userId: user.id, mail: 'password-reset', data: linked(deps, user) })
}

export function notifyOfNewDevice(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, {
    userId: user.id,
    mail: 'new-device-login',
    data: linked(deps, user),
    isOptional: true,
  })
}

export function notifyOfIssuedLink(
  tx: Writer,
  deps: NoticeDeps & { actor: Actor },
  user: Owner,
): Promise<void> {
  const by = deps.actor.kind === 'system' ? 'operator' : 'admin'
  return queueNotice(tx, deps, {
    userId: user.id,
    mail: 'recovery-link-issued',
    data: { ...byAdmin(deps, user), by },
  })
}

export function notifyOfEndedSessions(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  const data = { ...byAdmin(deps, user), accountUrl: accountUrl(deps) }
  return queueNotice(tx, deps, { userId: user.id, mail: 'sessions-ended', data })
}

export function notifyOfDisabling(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, { userId: user.id, mail: 'account-disabled', data: byAdmin(deps, user) })
}

export function notifyOfRoleChange(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  roles: { from: Role; to: Role },
): Promise<void> {
  const data = { ...byAdmin(deps, user), ...roles }
  return queueNotice(tx, deps, { userId: user.id, mail: 'role-changed', data, isOptional: true })
}

/** @param address read before the account is deleted; undefined: nothing is sent */
export async function notifyOfClosing(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  { by, address }: { by: 'user' | 'admin'; address: string | undefined },
): Promise<void> {
  if (address === undefined) return
  const data = { ...(by === 'user' ? byUser(deps, user) : byAdmin(deps, user)), by }
  await queueNotice(tx, deps, { userId: user.id, address, mail: 'account-closed', data })
}

// Notices about an address go to that address, which is no longer, or not yet, the one of the account.

export function notifyOfVerifiedAddress(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  address: string,
): Promise<void> {
  const data = { ...linked(deps, user), address }
  return queueNotice(tx, deps, { userId: user.id, address, mail: 'address-verified', data })
}

export function notifyOfChangedAddress(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const data = { ...linked(deps, user), newAddress: to }
  return queueNotice(tx, deps, { userId: user.id, address: from, mail: 'address-changed', data })
}

export function notifyOfRemovedAddress(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  address: string,
): Promise<void> {
  const data = { ...linked(deps, user), address }
  return queueNotice(tx, deps, { userId: user.id, address, mail: 'address-removed', data })
}

export function linked(deps: NoticeDeps, user: Owner) {
  return { ...byUser(deps, user), accountUrl: accountUrl(deps) }
}

export function accountUrl({ publicUrl }: NoticeDeps): string {
  return `${publicUrl()}/account`
}

interface Notice {
  username: string
  origin: MailOrigin
}

/** Names the browser and address of the request. */
function byUser({ clock, request: { ip, userAgent } }: NoticeDeps, { username }: Owner): Notice {
  return { username, origin: { at: clock(), ip, userAgent } }
}

/** Leaves out the browser and address of the admin, which users must not see. */
export function byAdmin({ clock }: NoticeDeps, { username }: Owner): Notice {
  return { username, origin: { at: clock(), ip: null, userAgent: null } }
}
