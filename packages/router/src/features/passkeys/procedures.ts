import {
  Done,
  FactorRemoved,
  NoInput,
  PasskeyCreationOptions,
  PasskeyRegistered,
  Passkeys,
  RegisterPasskeyInput,
  RemovePasskeyInput,
  RenamePasskeyInput,
  userLimits,
} from '@app/contract'
import type { Passkey } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import { auditedCall, heavyRead, mayFail, protectedProcedure, router, sudoProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { cancelReset } from '../factor-resets/index.ts'
import { deleteFactor } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { createFirstCodes } from '../recovery-codes/index.ts'
import { endOtherSessions, reissueToken } from '../sessions/index.ts'
import { hasWayIn } from '../ways-in/index.ts'
import { creationOptions } from './options.ts'
import { registerPasskey } from './register-passkey.ts'
import { requireRelyingParty } from './relying-party.ts'
import { findPasskeyName, listPasskeys, renamePasskey } from './store.ts'
import type { ShownPasskey } from './store.ts'
import { verifyRegistration } from './verify.ts'

/** Writes nothing to the database: the challenge is sealed. */
const options = sudoProcedure
  .meta({ description: 'Returns the options with which a browser makes a passkey for `passkeys.register`.' })
  .concat(mayFail('PASSKEYS_UNAVAILABLE', 'FACTOR_LIMIT'))
  .input(NoInput)
  .output(PasskeyCreationOptions)
  .mutation(async ({ ctx }) => {
    const site = requireRelyingParty(ctx)
    const passkeys = await listPasskeys(ctx.db.read, ctx.user.id)
    if (passkeys.length >= userLimits.passkeys) throw ctx.fail('FACTOR_LIMIT')
    const use = `register:${ctx.user.id}` as const
    const challenge = ctx.passkeyChallenges.issue(ctx.cookies, { use, now: ctx.clock() })
    return creationOptions({ site, challenge, passkeys }, ctx.user)
  })

/** The user verified a moment ago, so the session rises to level 2: a second question would prove no more. */
const register = sudoProcedure
  .meta({ description: 'Adds a passkey to the account, and by default ends its other sessions.' })
  .concat(mayFail('PASSKEYS_UNAVAILABLE', 'PASSKEY_INVALID', 'FACTOR_LIMIT', 'FACTOR_EXISTS'))
  .concat(auditedCall)
  .input(RegisterPasskeyInput)
  .output(PasskeyRegistered)
  .mutation(async ({ ctx, input: { response, name, endOtherSessions: endsOthers = true } }) => {
    const { user, session } = ctx
    const relyingParty = requireRelyingParty(ctx)
    const now = ctx.clock()
    const { clientDataJSON } = response.response
    const use = `register:${user.id}` as const
    const challenge = ctx.passkeyChallenges.open(ctx.cookies, { clientDataJSON, use, now })
    if (challenge === null) throw ctx.fail('PASSKEY_INVALID')
    const credential = await verifyRegistration(response, { challenge: challenge.text, relyingParty })
    if (credential === null) throw ctx.fail('PASSKEY_INVALID')

    const { token, ...registered } = await ctx.transaction(async (tx) => {
      const added = await registerPasskey(tx, ctx, { userId: user.id, challenge, credential, name })
      await cancelReset(tx, ctx, user)
      const recoveryCodes = await createFirstCodes(tx, ctx, user.id)
      const { endedSessions } = endsOthers ? await endOtherSessions(tx, ctx) : { endedSessions: 0 }
      await recordEvent(tx, ctx, { event: 'passkey-added', subject: user.id, detail: { endedSessions } })
      await notify(tx, ctx, user, 'factor-added', { factor: 'passkey', name: added.name })
      const reissued = await reissueToken(tx, ctx, session, {
        at: now,
        method: 'passkey',
        factorId: added.id,
      })
      const row = { ...added, created_at: now, last_used_at: null, backed_up: credential.backedUp }
      return { token: reissued, passkey: toPasskey(row, added.id), recoveryCodes, endedSessions }
    })
    ctx.auth.setSessionCookie(token)
    return registered
  })

const list = protectedProcedure
  .meta({ description: 'Lists the passkeys of the account, oldest first.' })
  .concat(heavyRead)
  .input(NoInput)
  .output(Passkeys)
  .query(async ({ ctx }) => {
    const passkeys = await listPasskeys(ctx.db.read, ctx.user.id)
    return passkeys.map((passkey) => toPasskey(passkey, ctx.session.factor_id))
  })

const rename = protectedProcedure
  .meta({ description: 'Renames a passkey of the account.' })
  .concat(mayFail('NOT_FOUND'))
  .concat(auditedCall)
  .input(RenamePasskeyInput)
  .output(Done)
  .mutation(({ ctx, input: { id, name } }) =>
    ctx.transaction(async (tx) => {
      const passkey = { id, userId: ctx.user.id }
      const oldName = await findPasskeyName(tx, passkey)
      if (oldName === undefined) throw ctx.fail('NOT_FOUND')
      if (oldName === name) return {}
      await renamePasskey(tx, { ...passkey, name })
      await recordEvent(tx, ctx, { event: 'passkey-renamed', subject: ctx.user.id })
      return {}
    }),
  )

/** The foreign key lowers the sessions that the passkey carries, this one too. */
const remove = sudoProcedure
  .meta({ description: 'Removes a passkey from the account, and by default ends its other sessions.' })
  .concat(mayFail('NOT_FOUND', 'LAST_WAY_IN'))
  .input(RemovePasskeyInput)
  .output(FactorRemoved)
  .mutation(({ ctx, input: { id, endOtherSessions: endsOthers = true } }) =>
    ctx.transaction(
      async (tx) => {
        const { user } = ctx
        const passkey = { id, userId: user.id }
        const name = await findPasskeyName(tx, passkey)
        if (name === undefined) throw ctx.fail('NOT_FOUND')
        await deleteFactor(tx, passkey)
        if (!(await hasWayIn(tx, ctx, user.id))) throw ctx.fail('LAST_WAY_IN')
        const { endedSessions } = endsOthers ? await endOtherSessions(tx, ctx) : { endedSessions: 0 }
        await recordEvent(tx, ctx, { event: 'passkey-removed', subject: user.id, detail: { endedSessions } })
        await notify(tx, ctx, user, 'factor-removed', { factor: 'passkey', name })
        return { endedSessions }
      },
      { usesReserve: true },
    ),
  )

type PasskeyFields = Pick<ShownPasskey, 'id' | 'name' | 'created_at' | 'last_used_at'> & {
  backed_up: 0 | 1 | boolean
}

function toPasskey(row: PasskeyFields, currentFactorId: string | null): Passkey {
  return {
    id: row.id,
    name: row.name,
    createdAt: toInstant(row.created_at),
    lastUsedAt: toInstant(row.last_used_at),
    backedUp: Boolean(row.backed_up),
    current: row.id === currentFactorId,
  }
}

export const passkeysRouter = router({ options, register, list, rename, remove })
