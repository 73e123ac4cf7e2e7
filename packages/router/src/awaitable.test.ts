import { expect, test } from 'vitest'
import { andThen, orElse } from './awaitable.ts'

const later = async (value: number) => value
const fails = (): never => {
  throw new Error('no')
}
const failsLater = async () => fails()

test('andThen: continues at once with a value, and later with a promise', async () => {
  expect(andThen(1, (value) => value + 1)).toBe(2)
  const promised = andThen(later(1), (value) => value + 1)
  expect(promised).toBeInstanceOf(Promise)
  expect(await promised).toBe(2)
})

test('orElse: handles an error that is thrown at once as one that comes later', async () => {
  const handle = (cause: unknown) => String(cause)
  expect(orElse(fails, handle)).toBe('Error: no')
  expect(await orElse(failsLater, handle)).toBe('Error: no')
  expect(orElse(() => 'value', handle)).toBe('value')
  expect(await orElse(async () => 'value', handle)).toBe('value')
})
