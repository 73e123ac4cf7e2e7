import { expectTypeOf, test } from 'vitest'
import type { Api } from '../api/api.ts'

// These tests are run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.
// Nothing here is called, so no server is needed.
declare const api: Api

test('queries: an unnamed declared failure does not compile', () => {
  const asked = () => [
    api.valueOrThrow(api.client.notes.list.query({})),
    api.valueOrThrow(api.client.notes.get.query({ id: 'x' }), 'NOT_FOUND'),
    // @ts-expect-error NOT_FOUND is declared by the query
    api.valueOrThrow(api.client.notes.get.query({ id: 'x' })),
    // @ts-expect-error another failure than the one that is declared
    api.valueOrThrow(api.client.notes.get.query({ id: 'x' }), 'LAST_ADMIN'),
  ]
  expectTypeOf(asked).toBeFunction()
})
