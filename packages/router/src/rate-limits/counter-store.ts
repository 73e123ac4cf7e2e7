import { product } from '@app/contract/product'
import type { Consumption } from './bounded-limiter.ts'

/** Of all keys in the store. */
export const limitKeyPrefix = `${product.slug}:limit:`

/** Counters that several processes share. Every function may reject. */
export interface CounterStore {
  /** Counts points for a key; the first ones open its window. */
  add(key: string, points: number, windowMs: number): Promise<Consumption>
  /** @returns null when no window is open */
  get(key: string): Promise<Consumption | null>
  /** Disconnects at once. */
  close(): void
}

/**
 * Connects to Redis, and gives up after two seconds.
 * @throws also an error of a server that accepts no writes: its memory is full, or it is a replica
 */
export async function connectToRedis(url: string): Promise<CounterStore> {
  // Most installations have one process and do not need the client.
  const { createClient } = await import('@redis/client')
  const client = createClient({
    url,
    RESP: 2,
    // A command that cannot be sent now is useless later.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    socket: { connectTimeout: connectTimeoutMs, reconnectStrategy: false },
  })
  // Each command fails on its own; without a listener the error would end the process.
  client.on('error', () => undefined)
  const add = async (key: string, points: number, windowMs: number) =>
    toConsumption(
      await client.eval(addScript, { keys: [key], arguments: [String(points), String(windowMs)] }),
    )
  await openInTime(client, async () => {
    await client.connect()
    await add(probeKey, 1, probeMs)
  })
  return {
    add,
    get: async (key) => {
      const found = toConsumption(await client.eval(getScript, { keys: [key] }))
      return found.consumedPoints === 0 ? null : found
    },
    close: () => client.destroy(),
  }
}

const connectTimeoutMs = 2_000

/** Counted once by each connection, to find out whether Redis accepts writes. */
const probeKey = `${limitKeyPrefix}probe`
const probeMs = 1_000

/** Also bounds the log-in and the first write, which the client's own limit does not. */
async function openInTime(client: { destroy(): void }, open: () => Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no connection in time')), connectTimeoutMs)
  try {
    await Promise.race([open(), late.promise])
  } catch (error) {
    client.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

// One script each, so that no counter is left without an end.
const addScript = `
local count = redis.call('incrby', KEYS[1], ARGV[1])
local left = redis.call('pttl', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[2])
  redis.call('pexpire', KEYS[1], left)
end
return {count, left}`

const getScript = `
return {tonumber(redis.call('get', KEYS[1]) or 0), redis.call('pttl', KEYS[1])}`

function toConsumption(reply: unknown): Consumption {
  const [consumedPoints, msBeforeNext] = Array.isArray(reply) ? (reply as unknown[]) : []
  if (typeof consumedPoints !== 'number' || typeof msBeforeNext !== 'number') {
    throw new Error('Redis gave another answer than two numbers.')
  }
  return { consumedPoints, msBeforeNext }
}
