import { expect, test } from 'vitest'
import { rememberSuccess } from './remember-success.ts'

/** Work whose next result is set, with a clock that is set too. */
function remembered(next: () => Promise<number>) {
  const state = { now: 0, next, works: 0 }
  const read = rememberSuccess(
    () => {
      state.works += 1
      return state.next()
    },
    () => state.now,
  )
  return { state, read }
}

const failing = () => Promise.reject(new Error('down'))

test('rememberSuccess: a result is read once, and again after an hour without a wait', async () => {
  const { state, read } = remembered(() => Promise.resolve(1))
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  const late = Promise.withResolvers<number>()
  state.next = () => late.promise
  state.now = 3_599_999
  expect(await read()).toBe(1)
  expect(state.works).toBe(1)
  state.now = 3_600_000
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  expect(state.works).toBe(2)
  late.resolve(2)
  await expect.poll(read).toBe(2)
  state.now += 3_599_999
  expect(await read()).toBe(2)
  expect(state.works).toBe(2)
})

test('rememberSuccess: a failure after an hour keeps the result, and the work is tried again', async () => {
  const { state, read } = remembered(() => Promise.resolve(1))
  await read()
  state.next = failing
  state.now = 3_600_000
  expect(await read()).toBe(1)
  expect(await read()).toBe(1)
  expect(state.works).toBe(2)
  state.next = () => Promise.resolve(2)
  state.now += 10_000
  await expect.poll(read).toBe(2)
  expect(state.works).toBe(3)
})

test('rememberSuccess: a first failure is thrown for 10 seconds', async () => {
  const { state, read } = remembered(failing)
  await expect(Promise.all([read(), read()])).rejects.toThrow('down')
  state.now = 9_999
  await expect(read()).rejects.toThrow('down')
  expect(state.works).toBe(1)
  state.next = () => Promise.resolve(1)
  state.now = 10_000
  expect(await read()).toBe(1)
})
