import { userLimits } from '@app/contract'
import type { ProviderError } from '@app/contract/provider-links'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { countRightProof, rightProofRefusedForSeconds } from '../../rate-limits/right-proofs.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { isStillAtHighestLevel } from '../factors/index.ts'
import {
  findIdentity,
  insertIdentity,
  listIdentities,
  saveIdentityUse,
  shownNameOf,
} from '../identities/index.ts'
import type { Attempt } from '../identities/index.ts'
import { notify } from '../mail/index.ts'
import { lockSession, reissueToken } from '../sessions/index.ts'
import type { SessionWithUser } from '../sessions/index.ts'
import type { CallbackContext, IdentityOutcome, ProvedAttempt } from './proved-attempt.ts'

/** Confirms the user of a session by an identity that is linked to the account. The level stays. */
export async function confirmByIdentity(
  ctx: CallbackContext,
  proved: ProvedAttempt,
): Promise<IdentityOutcome> {
  const session = await sessionOf(ctx, proved)
  if (session === null) return { error: 'session-ended' }
  const { user_id: userId } = session
  const proof = { use: 'confirmation', sessionId: session.id } as const
  if ((await rightProofRefusedForSeconds(ctx.rateLimits, proof)) > 0) return { error: 'busy' }
  const at = ctx.clock()
  using allowance = await failureAllowance(ctx, userId)
  const token = await ctx.db.writeFromReserve(async (tx) => {
    if (!(await lockSession(tx, session))) return 'session-ended'
    // At level 1 of an account with a second factor it would not be enough.
    if (!(await isStillAtHighestLevel(tx, session))) return 'confirm-first'
    const identity = await findIdentity(tx, proved.account)
    if (identity?.user_id !== userId) {
      if (allowance !== null)
        await recordFailedUse(tx, ctx, { session, attempt: proved.attempt, reason: 'not-linked' })
      return 'not-linked'
    }
    await saveIdentityUse(tx, identity.id, { name: shownNameOf(proved.account), now: at })
    const elevated = { event: 'elevated', subject: userId, detail: { method: 'oidc' } } as const
    await recordEvent(tx, actingAs(ctx, userId), elevated)
    return reissueToken(tx, ctx, session, { at, method: 'oidc', factorId: null })
  })
  if (token === 'not-linked') await allowance?.count()
  if (typeof token === 'string') return { error: token }
  await countRightProof(ctx.rateLimits, proof)
  ctx.auth.setSessionCookie(token)
  return proved.attempt.redirectTo
}

/**
 * Links an identity to the account of the session that began the attempt under sudo. An identity that the
 * account has already changes nothing.
 */
export async function linkIdentity(ctx: CallbackContext, proved: ProvedAttempt): Promise<IdentityOutcome> {
  const session = await sessionOf(ctx, proved)
  if (session === null) return { error: 'session-ended' }
  const { attempt } = proved
  // A copy of the attempt's cookie may return many times, each time with a new code of the provider.
  using allowance = await eventAllowance(ctx, `${session.user_id} returns to link`)
  if (allowance === null) return { error: 'busy' }
  const error = await ctx.db.write(async (tx) => {
    if (!(await lockSession(tx, session))) return 'session-ended'
    const reason = await saveLink(tx, ctx, { proved, session })
    if (reason !== null) await recordFailedUse(tx, ctx, { session, attempt, reason })
    return reason
  })
  await allowance.count()
  return error === null ? attempt.redirectTo : { error }
}

/** @returns why nothing was linked; null after a success */
async function saveLink(
  tx: Writer,
  ctx: CallbackContext,
  { proved, session }: { proved: ProvedAttempt; session: SessionWithUser },
): Promise<ProviderError | null> {
  const { provider } = proved.attempt
  const { issuer, subject } = proved.account
  const userId = session.user_id
  // A second factor may have been added since.
  if (!(await isStillAtHighestLevel(tx, session))) return 'confirm-first'
  const known = await findIdentity(tx, proved.account)
  if (known !== undefined) return known.user_id === userId ? null : 'identity-taken'
  if ((await listIdentities(tx, userId)).length >= userLimits.identities) return 'identity-limit'
  const name = shownNameOf(proved.account)
  const identity = { provider, issuer, subject, name }
  if (!(await insertIdentity(tx, { ...identity, userId, now: ctx.clock() }))) return 'identity-taken'
  const linked = { event: 'identity-linked', subject: userId, detail: { provider } } as const
  await recordEvent(tx, actingAs(ctx, userId), linked)
  const label = ctx.providers.get(provider)?.label ?? provider
  await notify(tx, ctx, session.user, 'identity-linked', { provider: label, name })
  return null
}

/**
 * Records that a provider did not prove the user of the session that began the attempt. Costs a copy of the
 * attempt's cookie and any query, so an account has an allowance for the events.
 */
export async function recordFailedProof(
  ctx: CallbackContext,
  attempt: Attempt,
  reason: ProviderError,
): Promise<void> {
  const session = await sessionOf(ctx, { attempt })
  if (session === null) return
  using allowance = await failureAllowance(ctx, session.user_id)
  if (allowance === null) return
  await ctx.db.writeFromReserve(async (tx) => {
    if (await lockSession(tx, session)) await recordFailedUse(tx, ctx, { session, attempt, reason })
  })
  await allowance.count()
}

interface FailedUse {
  session: SessionWithUser
  attempt: Attempt
  reason: ProviderError
}

async function recordFailedUse(
  tx: Writer,
  ctx: CallbackContext,
  { session: { user_id: userId }, attempt: { provider, purpose }, reason }: FailedUse,
): Promise<void> {
  const failed =
    purpose.kind === 'elevate'
      ? ({ event: 'elevation-failed', detail: { method: 'oidc', provider, reason } } as const)
      : ({ event: 'identity-link-failed', detail: { provider, reason } } as const)
  await recordEvent(tx, actingAs(ctx, userId), { ...failed, subject: userId })
}

/** @returns null when further failed uses of the account leave no event */
function failureAllowance(ctx: CallbackContext, userId: string) {
  return eventAllowance(ctx, `${userId} failed identities`)
}

/**
 * Reserves an event that a user, or an attacker with a session, can repeat from ever new addresses.
 * @returns null when none is left
 */
async function eventAllowance({ rateLimits }: CallbackContext, key: string) {
  const reserved = await rateLimits.reserve('auditedCallsPerUser', key)
  return typeof reserved === 'number' ? null : reserved
}

/** Returns the live session of the request if it is the one that began the attempt. */
async function sessionOf(
  { auth }: Pick<Context, 'auth'>,
  { attempt: { purpose } }: Pick<ProvedAttempt, 'attempt'>,
): Promise<SessionWithUser | null> {
  const session = await auth.session()
  return session !== null && purpose.kind !== 'log-in' && purpose.sessionId === session.id ? session : null
}
