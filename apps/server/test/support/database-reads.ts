import { vi } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'

/** Watches the reads of a server: of queries that are built for it, and of prepared ones. */
export function watchReads({
  services,
}: TestApp): Disposable & { count(): number; fail(error: Error): void } {
  const { read } = services.db
  // Sound: a reader is a Kysely, whose type is narrowed.
  const prepared = vi.spyOn(read as object as { executeQuery: () => Promise<unknown> }, 'executeQuery')
  const built = vi.spyOn(read, 'selectFrom')
  return {
    count: () => built.mock.calls.length + prepared.mock.calls.length,
    fail: (error) => {
      prepared.mockRejectedValue(error)
      built.mockImplementation(() => {
        throw error
      })
    },
    [Symbol.dispose]: () => {
      prepared.mockRestore()
      built.mockRestore()
    },
  }
}
