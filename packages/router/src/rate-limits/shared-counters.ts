import { createHmac } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { reasonOf } from '../error-code.ts'
import type { Log } from '../ports/log.ts'
import type { Consumption } from './bounded-limiter.ts'
import { limitKeyPrefix } from './counter-store.ts'
import type { CounterStore } from './counter-store.ts'

/** The counters of all processes, which may be lost at any time: then this process counts alone. */
export interface SharedCounters {
  /** @returns null when the store is lost */
  add(name: string, key: string, points: number, windowMs: number): Promise<Consumption | null>
  /** @returns null when no window is open, or the store is lost */
  get(name: string, key: string): Promise<Consumption | null>
  readonly isLost: boolean
  /** How often the store was lost. */
  readonly losses: number
  close(): void
}

interface SharedCountersOptions {
  connect: () => Promise<CounterStore>
  /** Keys in the store are keyed hashes, because they contain addresses. */
  hashKey: KeyObject
  log: Log
  /** Milliseconds that never decrease. */
  now?: () => number
  /** How long a call waits for the store. Default: 100 ms. */
  patienceMs?: number
}

/** How long the store is left alone after a failure, so that no flood waits for it. */
const pauseMs = 1_000

/**
 * Wraps a store so that it never fails and never delays a call by more than 100 ms. Resolves when the first
 * attempt to connect has ended. After a failure calls do not wait for the store at all until a new connection
 * stands, which is tried once a second.
 */
export async function createSharedCounters({
  connect,
  hashKey,
  log,
  now = () => performance.now(),
  patienceMs = 100,
}: SharedCountersOptions): Promise<SharedCounters> {
  let store: CounterStore | undefined
  let connecting: Promise<void> | undefined
  let retryAt = -Infinity
  let [isLost, isClosed, losses] = [false, false, 0]

  const lose = (error: unknown) => {
    store?.close()
    store = undefined
    retryAt = now() + pauseMs
    if (isLost) return
    isLost = true
    losses += 1
    log.warn(
      // A message of the client never contains the address or the password.
      { reason: reasonOf(error) },
      'LIMITS_STORE does not answer: each process counts its limits alone',
    )
  }
  const connectOnce = () => (connecting ??= connectNow())
  const connectNow = async () => {
    try {
      const connected = await connect()
      if (isClosed) return connected.close()
      store = connected
      if (isLost) log.info({}, 'LIMITS_STORE answers again: all processes share their limits')
      isLost = false
    } catch (error) {
      lose(error)
    } finally {
      connecting = undefined
    }
  }
  const ask = async <T>(question: (from: CounterStore) => Promise<T>): Promise<T | null> => {
    const asked = store
    if (asked === undefined) {
      if (!isClosed && now() >= retryAt) void connectOnce()
      return null
    }
    try {
      return await inTime(question(asked), patienceMs)
    } catch (error) {
      if (store === asked) lose(error)
      return null
    }
  }
  const keyOf = (name: string, key: string) =>
    `${limitKeyPrefix}${name}:${createHmac('sha256', hashKey).update(`${name} ${key}`).digest('base64url')}`
  await connectOnce()
  return {
    add: (name, key, points, windowMs) => ask((from) => from.add(keyOf(name, key), points, windowMs)),
    get: (name, key) => ask((from) => from.get(keyOf(name, key))),
    get isLost() {
      return isLost
    },
    get losses() {
      return losses
    },
    close: () => {
      isClosed = true
      store?.close()
      store = undefined
    },
  }
}

async function inTime<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
  const late = Promise.withResolvers<never>()
  const giveUp = () => late.reject(new Error(`no answer in ${patienceMs} ms`))
  // When this process was busy, the answer may have arrived: the event loop reads it before `giveUp`.
  const timer = setTimeout(() => setImmediate(giveUp), patienceMs)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
