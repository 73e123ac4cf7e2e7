import type { TestApp } from '../../src/testing/test-app.ts'

/** Blocks SQLite's writer, or one of PostgreSQL, until the end of the block, as a long transaction would. */
export async function blockWriter(app: TestApp): Promise<AsyncDisposable> {
  const begun = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const ended = app.services.db.write(async () => {
    begun.resolve()
    await released.promise
  })
  await begun.promise
  return {
    [Symbol.asyncDispose]: () => {
      released.resolve()
      return ended
    },
  }
}
