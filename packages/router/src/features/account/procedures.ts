import { ChangePasswordInput, NoInput, PasswordChanged, Self, UpdateProfileInput } from '@latchkey/contract'

import { mayFail, protectedProcedure, router } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { findEmail } from '../emails/index.ts'
import { changeCredential, hashChosenPassword, verifyPassword } from '../passwords/index.ts'
import { deleteOtherSessions, reissueToken } from '../sessions/index.ts'
import { readSelf, renameUser } from '../users/index.ts'

const me = protectedProcedure
  .input(NoInput)
  .output(Self)
  .query(({ ctx }) => readSelf(ctx.db.read, ctx.user))

const updateProfile = protectedProcedure
  .input(UpdateProfileInput)
  .output(Self)
  .mutation(async ({ ctx, input: { name = ctx.user.name } }) => {
    if (name === ctx.user.name) return readSelf(ctx.db.read, ctx.user)
    return ctx.db.write(async (tx) => {
      await renameUser(tx, ctx.user.id, name)
      return readSelf(tx, { ...ctx.user, name })
    })
  })

/** Ends every other session in the transaction of the change (ASVS 5.0 6.2.3, 7.4.3). */
const changePassword = protectedProcedure
  .concat(mayFail('INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'BUSY', 'SESSION_EXPIRED'))
  .input(ChangePasswordInput)
  .output(PasswordChanged)
  .mutation(async ({ ctx, input }) => {
    const proof = await verifyPassword(ctx, ctx.user.id, input.currentPassword)
    if (!proof.matches) {
      await ctx.db.write((tx) =>
        recordEvent(tx, ctx, { event: 'password-change-failed', subject: ctx.user.id }),
      )
      throw ctx.fail('INVALID_CREDENTIALS')
    }
    const email = await findEmail(ctx.db.read, ctx.user.id)
    const hash = await hashChosenPassword(ctx, {
      password: input.newPassword,
      field: 'newPassword',
      person: { ...ctx.user, email: email?.address ?? null },
    })

    const { token, endedSessions } = await ctx.db.write(async (tx) => {
      const now = ctx.clock()
      // What throws in here undoes the rest.
      const reissued = await reissueToken(tx, ctx, ctx.session)
      if (reissued === null) throw ctx.fail('SESSION_EXPIRED')
      const credential = { userId: ctx.user.id, version: proof.version, hash, now }
      // Changed meanwhile: what was proved is not the password any more.
      if (!(await changeCredential(tx, credential))) throw ctx.fail('INVALID_CREDENTIALS')
      const ended = await deleteOtherSessions(tx, { userId: ctx.user.id, keep: ctx.session.id, now })
      await recordEvent(tx, ctx, {
        event: 'password-changed',
        subject: ctx.user.id,
        detail: { endedSessions: ended },
      })
      return { token: reissued, endedSessions: ended }
    })
    ctx.auth.accept(token)
    return { endedSessions }
  })

export const accountRouter = router({ me, updateProfile, changePassword })
