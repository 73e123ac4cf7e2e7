import {
  CreatedToken,
  CreateTokenInput,
  Done,
  NoInput,
  TokenIdInput,
  TokenList,
  isAdminScope,
  tokenScopes,
} from '@app/contract'
import type { TokenScope } from '@app/contract'
import type { AccountSettings } from '../../settings/settings.ts'
import { auditedCall, heavyRead, mayFail, protectedProcedure, router, sudoProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { hasAdminRights } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { createToken } from './create-token.ts'
import { revokeToken } from './revoke-token.ts'
import { toToken } from './shown-token.ts'
import { listTokens } from './store.ts'

const create = sudoProcedure
  .meta({ description: 'Creates an access token of the user for programs. Returns it once.' })
  .concat(mayFail('TOO_MANY_TOKENS', 'FORBIDDEN'))
  .concat(auditedCall)
  .input(CreateTokenInput)
  .output(CreatedToken)
  .mutation(({ ctx, input }) => {
    const grantable = grantableScopes(ctx)
    if (!input.scopes.every((scope) => grantable.includes(scope))) throw ctx.fail('FORBIDDEN')
    return ctx.transaction(async (tx) => {
      const created = await createToken(tx, ctx, input)
      const detail = { tokenId: created.id, name: created.name, scopes: created.scopes.join(' ') }
      await recordEvent(tx, ctx, {
        event: 'token-created',
        subject: ctx.user.id,
        detail,
        tokenId: created.id,
      })
      await notify(tx, ctx, ctx.user, 'token-created', { name: created.name })
      return created
    })
  })

const list = protectedProcedure
  .meta({ description: 'Lists the access tokens of the user, and the scopes that a new one may have.' })
  .concat(heavyRead)
  .input(NoInput)
  .output(TokenList)
  .query(async ({ ctx }) => {
    const rows = await listTokens(ctx.db.read, { userId: ctx.user.id, now: ctx.clock() })
    return { items: rows.map(toToken), grantable: grantableScopes(ctx) }
  })

const revoke = sudoProcedure
  .meta({ description: 'Revokes an access token of the user.', recovers: true })
  .concat(mayFail('NOT_FOUND'))
  .input(TokenIdInput)
  .output(Done)
  .mutation(async ({ ctx, input: { id } }) => {
    await ctx.transaction(
      async (tx) => {
        if (!(await revokeToken(tx, ctx, { id, user_id: ctx.user.id }))) throw ctx.fail('NOT_FOUND')
      },
      { usesReserve: true },
    )
    return {}
  })

/** Returns the scopes that the user of a session may give to a token. */
function grantableScopes(ctx: Parameters<typeof hasAdminRights>[0] & GrantContext): TokenScope[] {
  const grantsAll = ctx.settings.adminTokens === 'on' && hasAdminRights(ctx)
  return tokenScopes.filter((scope) => grantsAll || !isAdminScope(scope))
}

interface GrantContext {
  settings: Pick<AccountSettings, 'adminTokens'>
}

export const tokensRouter = router({ create, list, revoke })
