import { expectTypeOf, test } from 'vitest'
import { mayFail, protectedProcedure, publicProcedure, roleProcedure, sudoProcedure } from './trpc.ts'

// Run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.

/** Accepts only the user of an admin procedure. */
function asAdmin(_user: { role: 'admin' }): void {}

test('guards: an admin action under the user guard does not compile', () => {
  const right = () => roleProcedure('admin').mutation(({ ctx }) => asAdmin(ctx.user))
  const wrong = () =>
    protectedProcedure.mutation(({ ctx }) => {
      // @ts-expect-error a user is not known to be an admin
      asAdmin(ctx.user)
    })
  expectTypeOf(right).toBeFunction()
  expectTypeOf(wrong).toBeFunction()
})

test('guards: a public procedure has no user', () => {
  publicProcedure.query(({ ctx }) => {
    // @ts-expect-error a public procedure has no user
    return ctx.user
  })
})

test('guards: protected and admin procedures have no raw writer', () => {
  for (const procedure of [protectedProcedure, roleProcedure('admin'), sudoProcedure]) {
    procedure.mutation(({ ctx }) => {
      // @ts-expect-error signed-in users write through ctx.transaction
      const raw = () => ctx.db.write(async () => {})
      // @ts-expect-error signed-in users write through ctx.transaction
      const fromReserve = () => ctx.db.writeFromReserve(async () => {})
      return [raw, fromReserve, ctx.transaction].length
    })
  }
})

test('mayFail: an undeclared failure does not compile', () => {
  publicProcedure.concat(mayFail('NOT_FOUND')).query(({ ctx }) => {
    // @ts-expect-error USERNAME_TAKEN is not declared
    throw ctx.fail('USERNAME_TAKEN')
  })
})

test('mayFail: a failure needs its details', () => {
  publicProcedure.concat(mayFail('BUSY', 'NOT_FOUND')).query(({ ctx }) => {
    // @ts-expect-error BUSY needs retryAfterSeconds
    const bare = () => ctx.fail('BUSY')
    // @ts-expect-error NOT_FOUND has no details
    const extra = () => ctx.fail('NOT_FOUND', { retryAfterSeconds: 1 })
    return [bare, extra].length
  })
})
