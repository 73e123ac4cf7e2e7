import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const browser = new EventTarget()
/** Answers whether the server is ready. */
const answer = vi.fn<() => Promise<Response>>()

beforeEach(() => {
  vi.useFakeTimers()
  // The pauses outlive a page.
  vi.resetModules()
  page.visibilityState = 'visible'
  answer.mockReset().mockResolvedValue(new Response(null, { status: 200 }))
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', browser)
  vi.stubGlobal('fetch', answer)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('server return: waits for a server that is ready, with pauses that grow', async () => {
  const { onServerReturn } = await import('./server-return.ts')
  const onReturn = vi.fn<() => void>()
  answer.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  answer.mockResolvedValue(new Response(null, { status: 503 }))
  const stop = onServerReturn(onReturn)
  await vi.advanceTimersByTimeAsync(120_000)
  // After 2, 6, 14, 30 and 62 seconds, give or take a quarter.
  expect(answer.mock.calls.length).toBeGreaterThanOrEqual(4)
  expect(answer.mock.calls.length).toBeLessThanOrEqual(6)
  expect(onReturn).not.toHaveBeenCalled()
  answer.mockResolvedValue(new Response(null, { status: 200 }))
  await vi.advanceTimersByTimeAsync(120_000)
  expect(onReturn).toHaveBeenCalled()
  stop()
})

test('server return: asks from no hidden page, and when it becomes visible', async () => {
  const { onServerReturn } = await import('./server-return.ts')
  const onReturn = vi.fn<() => void>()
  const stop = onServerReturn(onReturn)
  page.visibilityState = 'hidden'
  await vi.advanceTimersByTimeAsync(600_000)
  expect(answer).not.toHaveBeenCalled()
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(0)
  expect(onReturn).toHaveBeenCalledOnce()
  stop()
})

test('server return: does not end a wait that the server asked for, when the network returns', async () => {
  const { onServerReturn } = await import('./server-return.ts')
  const [failed, limited] = [vi.fn<() => void>(), vi.fn<() => void>()]
  const stopFailed = onServerReturn(failed)
  const stopLimited = onServerReturn(limited, Date.now() + 40_000)
  browser.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(failed).toHaveBeenCalledOnce()
  stopFailed()
  await vi.advanceTimersByTimeAsync(39_000)
  expect(limited).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(limited).toHaveBeenCalled()
  stopLimited()
})
