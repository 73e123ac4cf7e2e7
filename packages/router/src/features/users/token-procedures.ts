import { Done, TokenIdInput, Tokens, UserIdInput } from '@app/contract'
import { heavyRead, mayFail, roleProcedure, sudoAdminProcedure } from '../../trpc.ts'
import { findTokenToRevoke, listTokens, revokeToken as revokeFoundToken, toToken } from '../tokens/index.ts'

export const tokens = roleProcedure('admin')
  .meta({ description: 'Lists the access tokens of a user.' })
  .concat(heavyRead)
  .input(UserIdInput)
  .output(Tokens)
  .query(async ({ ctx, input }) => {
    const rows = await listTokens(ctx.db.read, { userId: input.id, now: ctx.clock() })
    return rows.map(toToken)
  })

export const revokeToken = sudoAdminProcedure
  .meta({ description: 'Revokes an access token of a user.' })
  .concat(mayFail('NOT_FOUND'))
  .input(TokenIdInput)
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        const found = await findTokenToRevoke(tx, input)
        const isRevoked = found !== undefined && (await revokeFoundToken(tx, ctx, found))
        if (!isRevoked) throw ctx.fail('NOT_FOUND')
      },
      { usesReserve: true },
    )
    return {}
  })
