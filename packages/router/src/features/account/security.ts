import { AccountSecurity, NoInput } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import { protectedProcedure } from '../../trpc.ts'
import { findReset } from '../factor-resets/index.ts'
import { findFactor } from '../factors/index.ts'
import { hasPassword } from '../passwords/index.ts'
import { levelOf } from '../sessions/index.ts'

export const security = protectedProcedure
  .meta({ description: 'Returns how the account of the user is protected.' })
  .input(NoInput)
  .output(AccountSecurity)
  .query(async ({ ctx: { db, user, session, clock } }) => {
    const [ownPassword, totp, reset] = await Promise.all([
      hasPassword(db.read, user.id),
      findFactor(db.read, { userId: user.id, kind: 'totp' }),
      findReset(db.read, { userId: user.id, now: clock() }),
    ])
    return {
      level: levelOf(session),
      hasPassword: ownPassword,
      totp:
        totp === undefined
          ? null
          : { createdAt: toInstant(totp.created_at), lastUsedAt: toInstant(totp.last_used_at) },
      factorReset: reset === undefined ? null : { effectiveAt: toInstant(reset.effective_at) },
    }
  })
