import { expect, test } from 'vitest'
import { rangeService } from '../../../testing/range-service.ts'
import type { RangeService } from '../../../testing/range-service.ts'
import { breachLimits, breachPause, createBreachCheck } from './breach-check.ts'

const minuteMs = 60_000
const password = 'a password of many'
const unasked = (reason: string) => ({ kind: 'unasked', reason })
/** A tenth of the limits by time. */
const factor = 0.1
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

/** A check with a clock of its own. */
function setUp({ url }: Pick<RangeService, 'url'>) {
  const warnings: object[] = []
  const clock = { ms: 0 }
  const breachCheck = createBreachCheck({
    url,
    factor,
    log: { warn: (fields) => warnings.push(fields) },
    timeoutMs: 10_000,
    now: () => clock.ms,
  })
  return { breachCheck, warnings, clock }
}

test('breach check: is off without an address', async () => {
  const warnings: unknown[] = []
  const log = { warn: (fields: object) => warnings.push(fields) }
  const breachCheck = createBreachCheck({ url: null, factor: 1, log })
  expect(await breachCheck.check(password, '192.0.2.1')).toEqual(unasked('off'))
  expect([[...breachCheck.results], warnings]).toEqual([[], []])
})

test('breach check: asks a limited number of times for one address in ten minutes', async () => {
  await using service = await rangeService()
  const { breachCheck, clock } = setUp(service)
  const limit = breachLimits.perAddress * factor
  for (const _ of times(limit)) await breachCheck.check(password, '192.0.2.1')
  expect(await breachCheck.check(password, '192.0.2.1')).toEqual(unasked('limited'))
  expect(await breachCheck.check(password, '192.0.2.2')).toEqual({ kind: 'unknown' })
  expect(service.requests).toHaveLength(limit + 1)
  clock.ms += 10 * minuteMs
  expect(await breachCheck.check(password, '192.0.2.1')).toEqual({ kind: 'unknown' })
})

test.each([
  ['network', breachLimits.perNetwork * factor, (index: number) => `192.0.2.${index}`],
  ['process', breachLimits.perProcess * factor, (index: number) => `192.0.${index}.1`],
])('breach check: asks a limited number of times for one %s in ten minutes', async (_, limit, callerOf) => {
  await using service = await rangeService({ leaked: { [password]: 1 } })
  const { breachCheck } = setUp(service)
  for (const index of times(limit)) await breachCheck.check(password, callerOf(index))
  expect(await breachCheck.check(password, callerOf(limit))).toEqual(unasked('limited'))
  expect(service.requests).toHaveLength(limit)
})

test('breach check: asks a limited number of questions at a time', async () => {
  const held = Promise.withResolvers<void>()
  await using service = await rangeService({
    respond: (response, lines) => void held.promise.then(() => response.end(lines)),
  })
  const { breachCheck } = setUp(service)
  const asked = times(breachLimits.atATime).map((index) => breachCheck.check(password, `192.0.${index}.1`))
  expect(await breachCheck.check(password, '198.51.100.1')).toEqual(unasked('busy'))
  held.resolve()
  expect(await Promise.all(asked)).toEqual(asked.map(() => ({ kind: 'unknown' })))
  expect(await breachCheck.check(password, '198.51.100.1')).toEqual({ kind: 'unknown' })
})

test('breach check: pauses after failures in a row, and again after one more', async () => {
  let isBroken = true
  await using service = await rangeService({
    respond: (response, lines) => response.writeHead(isBroken ? 503 : 200).end(isBroken ? '' : lines),
  })
  const { breachCheck, clock } = setUp(service)
  let callers = 0
  const check = () => breachCheck.check(password, `192.0.${(callers += 1)}.1`)
  for (const _ of times(breachPause.afterFailures)) expect(await check()).toEqual(unasked('status'))
  expect(await check()).toEqual(unasked('paused'))
  clock.ms += breachPause.ms
  expect(await check()).toEqual(unasked('status'))
  expect(await check()).toEqual(unasked('paused'))
  isBroken = false
  clock.ms += breachPause.ms
  expect(await check()).toEqual({ kind: 'unknown' })
  isBroken = true
  expect(await check()).toEqual(unasked('status'))
  expect(await check()).toEqual(unasked('status'))
})

test('breach check: warns once in ten minutes, and counts every result', async () => {
  await using service = await rangeService({ respond: (response) => response.writeHead(503).end() })
  const { breachCheck, warnings, clock } = setUp(service)
  for (const index of times(breachPause.afterFailures + 2)) {
    await breachCheck.check(password, `192.0.${index}.1`)
  }
  expect(warnings).toEqual([{ reason: 'status', passwords: 1 }])
  clock.ms += 10 * minuteMs
  await breachCheck.check(password, '192.0.2.1')
  expect(warnings.slice(1)).toEqual([{ reason: 'status', passwords: breachPause.afterFailures + 2 }])
  expect(Object.fromEntries(breachCheck.results)).toEqual({
    status: breachPause.afterFailures + 1,
    paused: 2,
  })
})
