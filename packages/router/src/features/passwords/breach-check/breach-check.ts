import type { Log } from '../../../ports/log.ts'
import { createBoundedLimiter, networkOf } from '../../../rate-limits/bounded-limiter.ts'
import { createInFlightCounter } from '../../../rate-limits/in-flight-counter.ts'
import { askRange } from './ask-range.ts'
import type { RangeAnswer } from './ask-range.ts'

/** `unasked`: the password is allowed, because it was not asked for or there was no answer. */
export type BreachResult = RangeAnswer | { kind: 'unasked'; reason: 'off' | 'busy' | 'limited' | 'paused' }

/** Asks a range service about new passwords, if `BREACH_CHECK` is on. */
export interface BreachCheck {
  /**
   * Takes at most a second and never throws. Call it outside of transactions and without a hash slot.
   * @param caller the address key to which the question is charged
   */
  check(password: string, caller: string): Promise<BreachResult>
  /** How many checks had each result: `breached`, `unknown`, or the reason of `unasked`. Empty while off. */
  readonly results: ReadonlyMap<string, number>
}

interface BreachCheckOptions {
  /** Null: off. */
  url: string | null
  log: Pick<Log, 'warn'>
  /** Multiplies the limits (setting LIMITS=relaxed). */
  factor: number
  timeoutMs?: number
  /** Milliseconds that never decrease. */
  now?: () => number
}

const minuteMs = 60_000

/**
 * Bounds what callers make the server send. A network is a /48 or /24. Beyond a limit passwords are not
 * asked for.
 */
export const breachLimits = { atATime: 8, perAddress: 30, perNetwork: 300, perProcess: 1_200 } as const
const windowMs = 10 * minuteMs

/** A service that failed so often in a row is not asked for a while; then one failure is enough. */
export const breachPause = { afterFailures: 5, ms: minuteMs } as const

const warnEveryMs = 10 * minuteMs

export function createBreachCheck(options: BreachCheckOptions): BreachCheck {
  const { url, log, factor, timeoutMs = 1_000, now = () => performance.now() } = options
  const limiter = (points: number) => createBoundedLimiter({ points: points * factor, windowMs, now })
  const perAddress = limiter(breachLimits.perAddress)
  const perNetwork = limiter(breachLimits.perNetwork)
  const perProcess = limiter(breachLimits.perProcess)
  const inFlight = createInFlightCounter()
  const results = new Map<string, number>()
  let [failures, pausedUntilMs] = [0, -Infinity]
  let [unwarned, warnedAtMs] = [0, -Infinity]

  /** A caller beyond its own limit uses up none of the others'. */
  const isLimited = (caller: string): boolean => {
    for (const [limit, key] of [
      [perAddress, caller],
      [perNetwork, networkOf(caller)],
      [perProcess, 'process'],
    ] as const) {
      if (limit.penalty(key).consumedPoints > limit.points) return true
    }
    return false
  }

  const ask = async (password: string, caller: string): Promise<BreachResult> => {
    if (url === null) return { kind: 'unasked', reason: 'off' }
    if (now() < pausedUntilMs) return { kind: 'unasked', reason: 'paused' }
    using slot = inFlight.enter('process')
    if (slot.position >= breachLimits.atATime) return { kind: 'unasked', reason: 'busy' }
    if (isLimited(caller)) return { kind: 'unasked', reason: 'limited' }
    const answer = await askRange({ url, timeoutMs }, password)
    failures = answer.kind === 'unasked' ? failures + 1 : 0
    if (failures >= breachPause.afterFailures) pausedUntilMs = now() + breachPause.ms
    return answer
  }

  /** Nothing about the password or its hash is logged. */
  const warn = (reason: string) => {
    unwarned += 1
    if (now() - warnedAtMs < warnEveryMs) return
    log.warn({ reason, passwords: unwarned }, 'new passwords were not checked for known breaches')
    unwarned = 0
    warnedAtMs = now()
  }

  return {
    check: async (password, caller) => {
      const result = await ask(password, caller)
      const name = result.kind === 'unasked' ? result.reason : result.kind
      if (name !== 'off') results.set(name, (results.get(name) ?? 0) + 1)
      if (result.kind === 'unasked' && name !== 'off') warn(name)
      return result
    },
    results,
  }
}
