import {
  Identity,
  IdentityUnlinked,
  LinkIdentityInput,
  LinkStarted,
  NoInput,
  PendingIdentitySignup,
  UnlinkIdentityInput,
} from '@app/contract'
import { z } from 'zod'
import { toInstant } from '../../ports/clock.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import type { ProviderSettings } from '../../settings/provider-settings.ts'
import {
  auditedCall,
  heavyRead,
  mayFail,
  protectedProcedure,
  publicProcedure,
  router,
  sudoProcedure,
} from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { notify } from '../mail/index.ts'
import { endOtherSessions } from '../sessions/index.ts'
import { hasWayIn } from '../ways-in/index.ts'
import { countAttempt, startAttempt } from './attempt.ts'
import { readPendingSignup } from './pending-signup.ts'
import { ownPath } from './redirect-path.ts'
import { deleteIdentity, isOf, listIdentities } from './store.ts'
import type { IdentityRow } from './table.ts'
import { fixedUsername, hasFixedUsername, suggestedUsername } from './usernames.ts'

const list = protectedProcedure
  .meta({ description: 'Lists the outside identities that log the user in, oldest first.' })
  .concat(heavyRead)
  .input(NoInput)
  .output(z.array(Identity))
  .query(async ({ ctx }) => {
    const rows = await listIdentities(ctx.db.read, ctx.user.id)
    return rows.map((row) => toIdentity(row, ctx.settings.providers))
  })

/** The provider asks its user, and then sends the browser to the callback, which links the identity. */
const link = sudoProcedure
  .meta({
    description:
      'Begins to link an outside identity to the account. Returns the address of the provider to open next.',
  })
  .concat(mayFail('NOT_FOUND'))
  .concat(auditedCall)
  .input(LinkIdentityInput)
  .output(LinkStarted)
  .mutation(async ({ ctx, input }) => {
    const provider = ctx.providers.get(input.provider)
    if (provider === undefined) throw ctx.fail('NOT_FOUND')
    requireAllowance(await countAttempt(ctx))
    const purpose = { kind: 'link', sessionId: ctx.session.id } as const
    const started = await startAttempt(ctx, provider, { purpose, redirectTo: ownPath(input.redirectTo) })
    if (started.reason !== null) throw ctx.fail('UNAVAILABLE', { retryAfterSeconds: 10 })
    return { url: started.url }
  })

/** By default all other sessions end: an attacker may have opened one with the identity. */
const unlink = sudoProcedure
  .meta({ description: 'Removes an outside identity from the account, unless it is the last way to log in.' })
  .concat(mayFail('NOT_FOUND', 'LAST_WAY_IN'))
  .input(UnlinkIdentityInput)
  .output(IdentityUnlinked)
  .mutation(async ({ ctx, input: { id, endOtherSessions: endsOthers = true } }) =>
    ctx.transaction(
      async (tx) => {
        const userId = ctx.user.id
        const removed = await deleteIdentity(tx, { id, userId })
        if (removed === null) throw ctx.fail('NOT_FOUND')
        if (!(await hasWayIn(tx, ctx, userId))) throw ctx.fail('LAST_WAY_IN')
        const { endedSessions } = endsOthers ? await endOtherSessions(tx, ctx) : { endedSessions: 0 }
        const detail = { provider: removed.provider, endedSessions }
        await recordEvent(tx, ctx, { event: 'identity-unlinked', subject: userId, detail })
        const { label } = toIdentity(removed, ctx.settings.providers)
        await notify(tx, ctx, ctx.user, 'identity-unlinked', { provider: label, name: removed.name })
        return { endedSessions }
      },
      { usesReserve: true },
    ),
  )

const pending = publicProcedure
  .meta({
    description:
      'Returns the outside identity that was proved in this browser and has no account yet; null without one.',
  })
  .input(NoInput)
  .output(PendingIdentitySignup)
  .query(({ ctx }) => {
    const identity = readPendingSignup(ctx)
    if (identity === null) return null
    const { provider: name, email } = identity
    const isFixed = hasFixedUsername(ctx.settings, identity)
    return {
      provider: { name, label: ctx.providers.get(name)?.label ?? name },
      username: isFixed ? fixedUsername(identity) : suggestedUsername(identity),
      isFixed,
      name: identity.name,
      email,
    }
  })

function toIdentity(row: IdentityRow, providers: readonly ProviderSettings[]): Identity {
  const provider = providers.find((each) => isOf(row, each))
  return {
    id: row.id,
    provider: provider?.name ?? row.provider,
    label: provider?.label ?? row.provider,
    name: row.name,
    canLogIn: provider !== undefined,
    createdAt: toInstant(row.created_at),
    lastUsedAt: toInstant(row.last_used_at),
  }
}

export const identitiesRouter = router({ list, pending, link, unlink })
