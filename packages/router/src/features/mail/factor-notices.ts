import type { MailData } from '@app/mails'
import type { Writer } from '../../db/database.ts'
import type { Actor } from '../audit/index.ts'
import { accountUrl, byAdmin, linked, queueNotice } from './notices.ts'
import type { NoticeDeps, Owner } from './notices.ts'

type Factor = Pick<MailData<'factor-added'>, 'factor' | 'name'>

export function notifyOfAddedFactor(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  factor: Factor,
): Promise<void> {
  const data = { ...linked(deps, user), ...factor }
  return queueNotice(tx, deps, { userId: user.id, mail: 'factor-added', data })
}

export function notifyOfRemovedFactor(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  factor: Factor,
): Promise<void> {
  const data = { ...linked(deps, user), ...factor }
  return queueNotice(tx, deps, { userId: user.id, mail: 'factor-removed', data })
}

export function notifyOfReplacedCodes(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, {
    userId: user.id,
    mail: 'recovery-codes-replaced',
    data: linked(deps, user),
  })
}

/** @param left how many codes still work */
export function notifyOfUsedCode(tx: Writer, deps: NoticeDeps, user: Owner, left: number): Promise<void> {
  const data = { ...linked(deps, user), left }
  return queueNotice(tx, deps, { userId: user.id, mail: 'recovery-code-used', data })
}

/** @param effectiveAt from when on a log-in removes the factors, in milliseconds since 1970 UTC */
export function notifyOfRequestedReset(
  tx: Writer,
  deps: NoticeDeps & { actor: Actor },
  user: Owner,
  effectiveAt: number,
): Promise<void> {
  const by = deps.actor.kind === 'system' ? ('operator' as const) : ('admin' as const)
  const data = { ...byAdmin(deps, user), accountUrl: accountUrl(deps), by, effectiveAt }
  return queueNotice(tx, deps, { userId: user.id, mail: 'factor-reset-requested', data })
}

export function notifyOfCancelledReset(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, { userId: user.id, mail: 'factor-reset-cancelled', data: linked(deps, user) })
}

export function notifyOfReset(tx: Writer, deps: NoticeDeps, user: Owner): Promise<void> {
  return queueNotice(tx, deps, { userId: user.id, mail: 'factors-reset', data: linked(deps, user) })
}

export function notifyOfUnfinishedLogin(
  tx: Writer,
  deps: NoticeDeps,
  user: Owner,
  by: 'password' | 'identity',
): Promise<void> {
  const data = { ...linked(deps, user), by }
  return queueNotice(tx, deps, { userId: user.id, mail: 'unfinished-login', data, isOptional: true })
}
