import { setTimeout as sleep } from 'node:timers/promises'
import { product } from '@app/contract/product'
import pg from 'pg'
import { reasonOf } from '../../error-code.ts'
import type { Log } from '../../ports/log.ts'
import { inspectServer } from './inspect-server.ts'

/**
 * A channel between the processes of one database, by LISTEN and NOTIFY on a connection outside of the pools.
 * It is no queue: what is sent while a connection is down is lost, so every listener must also poll.
 */
export interface NotifyChannel {
  /** Whether messages are sent and received now. */
  readonly isOpen: boolean
  /**
   * Sends a message of at most 7,999 bytes to the other processes, or drops it. Commits that notify wait for
   * each other, so it is for rare news only.
   */
  send(payload: string): Promise<void>
  /** Disconnects, and does not wait for a server that is silent. */
  close(): void
}

interface NotifyChannelOptions {
  url: string
  /** A lower-case name. */
  channel: string
  onMessage: (payload: string) => void
  log: Log
  /** How often the connection is checked: broken networks and fail-overs are silent. Default: 15,000. */
  heartbeatMs?: number
  /** How long the server may take for an answer. Default: 5,000. */
  answerMs?: number
}

const pauseMs = { first: 500, longest: 30_000 }

/** Fewer failed attempts in a row are a restart of PostgreSQL, which the pools report. */
const reportedFailures = 3

/** A pooler gives each transaction another connection, so none of them may listen. */
class PoolerInFront extends Error {}

export function openNotifyChannel({
  url,
  channel,
  onMessage,
  log,
  heartbeatMs = 15_000,
  answerMs = 5_000,
}: NotifyChannelOptions): NotifyChannel {
  const closing = new AbortController()
  let open: pg.Client | undefined
  let isReported = false

  /** Listens until the connection breaks. */
  const listen = async () => {
    const client = new pg.Client({
      connectionString: url,
      application_name: product.slug,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
    })
    // The end of the connection is noticed below.
    client.on('error', () => undefined)
    // Not a race with a promise of the connection: each race would stay in memory as long as the connection.
    const connection = new AbortController()
    client.once('end', () => connection.abort())
    const end = () => {
      connection.abort()
      void client.end().catch(() => undefined)
    }
    closing.signal.addEventListener('abort', end)
    try {
      await client.connect()
      const ownPid = await primaryOf(client)
      client.on('notification', ({ processId, payload = '' }) => {
        if (processId !== ownPid) onMessage(payload)
      })
      await client.query(`listen ${channel}`)
      open = client
      if (isReported) log.info({}, 'event streams report changes by other processes at once again')
      isReported = false
      while (await isDue(heartbeatMs, connection.signal)) await primaryOf(client)
    } finally {
      open = undefined
      closing.signal.removeEventListener('abort', end)
      end()
    }
  }
  const keepListening = async () => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      const begun = performance.now()
      try {
        await listen()
      } catch (error) {
        if (error instanceof PoolerInFront) return log.info({}, poolerLine)
        if (failures + 1 >= reportedFailures && !isReported && !closing.signal.aborted) {
          isReported = true
          log.warn({ reason: reasonOf(error) }, outageLine)
        }
      }
      if (performance.now() - begun > pauseMs.longest) failures = 0
      const pause = Math.min(pauseMs.longest, pauseMs.first * 2 ** failures) * (0.5 + Math.random() / 2)
      await isDue(pause, closing.signal)
    }
  }
  void keepListening()
  return {
    get isOpen() {
      return open !== undefined
    },
    send: async (payload) => {
      await open?.query('select pg_notify($1, $2)', [channel, payload]).catch(() => undefined)
    },
    close: () => closing.abort(),
  }
}

const poolerLine =
  'DATABASE_URL leads to a pooler, so event streams report changes by other processes within 15 seconds'
const outageLine =
  'no connection for LISTEN, so event streams report changes by other processes within 15 seconds'

/** Waits without keeping the process alive. @returns false when the signal ended the wait */
function isDue(afterMs: number, signal: AbortSignal): Promise<boolean> {
  return sleep(afterMs, true, { ref: false, signal }).catch(() => false)
}

/**
 * Returns the id of the server process of this connection.
 * @throws PoolerInFront when a pooler answers; Error when the server became a standby, which sends no news
 */
async function primaryOf(client: pg.Client): Promise<number> {
  const { pid, isPooled, isReadOnly } = await inspectServer(client)
  if (isPooled) throw new PoolerInFront()
  if (isReadOnly) throw new Error('the server accepts only reads')
  return pid
}
