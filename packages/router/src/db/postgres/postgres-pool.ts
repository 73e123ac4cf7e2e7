import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { ConnectionSettings } from '../connections.ts'
import { createPool } from './create-pool.ts'
import { inspectServer } from './inspect-server.ts'
import { isStartupRefused, isTooManyConnections, notReachable, readOnlyServer } from './postgres-error.ts'
import {
  beginStatements,
  sessionSettings,
  SessionSettingsIgnored,
  shorterLimits,
} from './session-settings.ts'
import type { Access } from './session-settings.ts'

export interface PostgresPoolOptions extends ConnectionSettings {
  readonly url: string
  readonly access: Access
  /** The maximum number of connections. */
  readonly size: number
  /** Host, port and name, for the log. */
  readonly server: string
}

/** How long a pool stays smaller after the server rejected one more connection. */
const cappedMs = 10_000
const retryPauseMs = { first: 20, longest: 200 }

interface Generation {
  readonly pool: pg.Pool
  /** Called when the pool is replaced: callers that wait for a connection of it ask its successor. */
  readonly onReplaced: Set<() => void>
}

/**
 * Wraps a `pg` pool. Replaces all connections when they lead to the wrong server. Makes callers wait if the
 * server grants fewer connections than the settings ask for.
 */
export class PostgresPool {
  readonly #options: PostgresPoolOptions
  readonly #session: Record<string, string>
  readonly #generations = new WeakMap<pg.PoolClient, Generation>()
  #current: Generation
  /** False behind a pooler that rejects or ignores settings of a session: then each transaction sets them. */
  #setsSession = true
  #isReadOnly = false
  /** Behind a pooler in transaction mode the next query may meet a connection that lacks a statement. */
  #isPooled = true
  #isClosed = false
  #cappedUntil = Infinity
  /** How many connections to close at their next release, so that the sibling can open them. */
  #owed = 0
  /** The pool that shares the connection limit of the role with this one. */
  sibling: PostgresPool | undefined

  constructor(options: PostgresPoolOptions) {
    this.#options = options
    this.#session = sessionSettings(options.access, options)
    this.#current = this.#create()
  }

  get server(): string {
    return this.#options.server
  }

  get access(): Access {
    return this.#options.access
  }

  /** Whether the last writer that asked found a server that accepts only reads. */
  get isReadOnly(): boolean {
    return this.#isReadOnly
  }

  /** Whether every connection is in use and no more may be opened. */
  get isExhausted(): boolean {
    const { idleCount, totalCount, options } = this.#current.pool
    return idleCount === 0 && totalCount >= options.max
  }

  /** A longer silence means an unresponsive server: its limits of locks and statements end before. */
  get silenceMs(): number {
    return this.#options.waitMs * 0.95
  }

  /** Whether a single query needs a transaction around it, because nothing else bounds its time. */
  get wrapsQueries(): boolean {
    return !this.#setsSession
  }

  /** Whether a named statement of one query is there for the next one. */
  get keepsStatements(): boolean {
    return !this.#isPooled
  }

  /**
   * Returns the statements that begin a transaction.
   * @param leftMs how long its caller waits
   */
  begin(leftMs: number, isolationLevel?: string): string {
    const settings = { ...(!this.#setsSession && this.#session), ...shorterLimits(leftMs, this.#options) }
    return beginStatements(this.access, settings, isolationLevel)
  }

  /**
   * Returns a connection, and waits for it until `deadline` (on the scale of `performance.now()`).
   * @throws DatabaseUnavailable
   */
  async acquire(deadline: number): Promise<pg.PoolClient> {
    let pauseMs = retryPauseMs.first
    for (;;) {
      const generation = this.#current
      try {
        const client = await this.#connect(generation, deadline)
        if (client !== undefined) return client
      } catch (error) {
        const isWorthwhile = this.#adapt(error, generation) && performance.now() + pauseMs < deadline
        if (!isWorthwhile) throw notReachable(error, this.server)
        if (isTooManyConnections(error)) await sleep(pauseMs * (0.5 + Math.random() / 2))
        pauseMs = Math.min(pauseMs * 2, retryPauseMs.longest)
      }
    }
  }

  /** @param isUsable false closes the connection */
  release(client: pg.PoolClient, isUsable: boolean): void {
    const { pool } = this.#current
    const isSurplus = this.#owed > 0 || pool.totalCount > pool.options.max
    if (this.#owed > 0) this.#owed -= 1
    client.release(!isUsable || isSurplus)
  }

  /** Replaces both pools because the server of this connection accepts only reads, or is silent. */
  leaveServer(client: pg.PoolClient, reason: 'read-only' | 'silent'): void {
    if (this.#generations.get(client) !== this.#current) return
    if (reason === 'read-only') this.#isReadOnly = true
    this.#replace()
    this.#replaceSibling()
  }

  async end(): Promise<void> {
    this.#isClosed = true
    await this.#current.pool.end()
  }

  #create(): Generation {
    const { url, size, connectMs } = this.#options
    const session = this.#setsSession ? this.#session : {}
    const pool = createPool({ url, size, connectMs, session, verify: (client) => this.#verify(client) })
    return { pool, onReplaced: new Set() }
  }

  /** Closes idle connections now and the others at their release. */
  #replace(): void {
    if (this.#isClosed) return
    const { pool, onReplaced } = this.#current
    this.#current = this.#create()
    for (const leave of onReplaced) leave()
    void pool.end()
  }

  #replaceSibling(): void {
    if (this.sibling !== undefined) this.sibling.#replace()
  }

  /** @returns undefined when the pool was replaced while it waited */
  async #connect(generation: Generation, deadline: number): Promise<pg.PoolClient | undefined> {
    const { pool, onReplaced } = generation
    if (performance.now() > this.#cappedUntil) this.#cap(this.#options.size, Infinity)
    // Before the timer: it throws for a certificate that cannot be read.
    const connecting = pool.connect()
    // Not a race with a promise of the pool: each race would stay in memory as long as the pool.
    const { promise, resolve, reject } = Promise.withResolvers<pg.PoolClient | undefined>()
    const leave = () => resolve(undefined)
    onReplaced.add(leave)
    const leftMs = Math.max(0, deadline - performance.now())
    const timer = setTimeout(() => reject(new Error('no connection in time')), leftMs)
    connecting.then(resolve, reject)
    let client: pg.PoolClient | undefined
    try {
      client = await promise
    } finally {
      clearTimeout(timer)
      onReplaced.delete(leave)
      // A connection that comes too late for this caller serves another, or is closed with its pool.
      if (client === undefined) connecting.then((other) => this.release(other, true)).catch(() => undefined)
    }
    if (client !== undefined) this.#generations.set(client, generation)
    return client
  }

  /**
   * Checks a new connection before its first use: its settings must be ours, and a writer must be able to
   * write.
   */
  async #verify(client: pg.ClientBase): Promise<void> {
    const { isPooled, isReadOnly, lockTimeout } = await inspectServer(client, this.#options.waitMs)
    this.#isPooled = isPooled
    if (this.#setsSession && lockTimeout !== this.#session['lock_timeout']) throw new SessionSettingsIgnored()
    if (this.#options.access === 'read') return
    const wasReadOnly = this.#isReadOnly
    this.#isReadOnly = isReadOnly
    if (isReadOnly) throw readOnlyServer(this.server)
    // Readers stayed because there was no better server. Now there is one.
    if (wasReadOnly) this.#replaceSibling()
  }

  /** Adapts the pool to an error. @returns whether another attempt may succeed */
  #adapt(error: unknown, generation: Generation): boolean {
    if (isTooManyConnections(error)) {
      this.#shareConnections()
      return true
    }
    if (!isStartupRefused(error)) return false
    if (this.#current !== generation) return true
    if (!this.#setsSession) return false
    this.#setsSession = false
    this.#replace()
    return true
  }

  /**
   * Waits for one of its own connections if this pool has its half of what the server grants. Otherwise the
   * sibling gives up one.
   */
  #shareConnections(): void {
    const own = this.#current.pool.totalCount
    const { sibling } = this
    const isServedWell = own > 0 && (sibling === undefined || own >= sibling.#current.pool.totalCount)
    if (isServedWell) this.#cap(own)
    else if (sibling !== undefined) sibling.#giveUpOne()
  }

  #giveUpOne(): void {
    const { pool } = this.#current
    this.#cap(pool.totalCount - 1)
    this.#owed = 1
    if (pool.idleCount > 0)
      pool
        .connect()
        .then((client) => this.release(client, true))
        .catch(() => undefined)
  }

  #cap(size: number, until = performance.now() + cappedMs): void {
    this.#current.pool.options.max = Math.max(1, size)
    this.#cappedUntil = until
  }
}
