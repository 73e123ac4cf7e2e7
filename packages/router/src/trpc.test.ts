import { expectTypeOf, test } from 'vitest'
import { mayFail, protectedProcedure, publicProcedure, roleProcedure, sudoProcedure } from './trpc.ts'

// Run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.

/** Something that only an administrator's context can be given to. */
function asAdministrator(_user: { role: 'admin' }): void {}

test("an administrator's procedure built on the user guard does not compile", () => {
  const right = () => roleProcedure('admin').mutation(({ ctx }) => asAdministrator(ctx.user))
  const wrong = () =>
    protectedProcedure.mutation(({ ctx }) => {
      // @ts-expect-error a user is not known to be an administrator
      asAdministrator(ctx.user)
    })
  expectTypeOf(right).toBeFunction()
  expectTypeOf(wrong).toBeFunction()
})

test('a public procedure has no user', () => {
  publicProcedure.query(({ ctx }) => {
    // @ts-expect-error nobody is known here
    return ctx.user
  })
})

test('protected and admin procedures have no raw writer', () => {
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

test('a failure that was not declared does not compile', () => {
  publicProcedure.concat(mayFail('NOT_FOUND')).query(({ ctx }) => {
    // @ts-expect-error USERNAME_TAKEN is not declared
    throw ctx.fail('USERNAME_TAKEN')
  })
})

test('a failure is made with all that it carries', () => {
  publicProcedure.concat(mayFail('BUSY', 'NOT_FOUND')).query(({ ctx }) => {
    // @ts-expect-error BUSY says when to come back
    const bare = () => ctx.fail('BUSY')
    // @ts-expect-error NOT_FOUND carries nothing
    const laden = () => ctx.fail('NOT_FOUND', { retryAfterSeconds: 1 })
    return [bare, laden].length
  })
})
