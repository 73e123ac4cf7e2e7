import { existsSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'

import { addressKey, createFairShares, createInFlightCounter } from '@app/router'
import type { Logger } from 'pino'

/** Open connections. A browser has up to six, and a page that is open keeps one of them. */
export interface ConnectionLimits {
  process: number
  /** Of these, how many may wait for another request. */
  idle: number
  /** Of one IPv4 address or IPv6 /64. Null where every connection comes from a proxy. */
  address: number | null
}

/**
 * Files that the process needs for other things than its clients: the database, threads, standard streams.
 */
const otherFiles = 64
const mostConnections = 4_000
/** Sockets that are being closed while others are accepted. */
const closing = 16

/**
 * Leaves files to the rest of the process, so that a flood of connections cannot take the ones that the
 * database needs.
 */
export function connectionLimits(trustProxy: number): ConnectionLimits {
  const files = openFileLimit()
  const process = Math.max(20, Math.min(mostConnections, files - otherFiles))
  return {
    process,
    idle: Math.floor(process / 2),
    address: trustProxy === 0 ? 256 : null,
  }
}

/** The soft limit (`ulimit -n`), which Node raises to the hard one when it starts. Known on Linux only. */
function openFileLimit(): number {
  const limits = '/proc/self/limits'
  const found = existsSync(limits) ? /^Max open files +(\d+)/m.exec(readFileSync(limits, 'utf8')) : null
  return Number(found?.[1] ?? mostConnections + otherFiles)
}

/**
 * Closes connections beyond the limits as they come, and survives running out of files. Logs the first
 * refusal, and the first connection that is accepted after `quietMs` without one.
 */
export function limitConnections(
  server: Server,
  { limits, log, quietMs = 10_000 }: { limits: ConnectionLimits; log: Logger; quietMs?: number },
): void {
  const open = createInFlightCounter()
  let refused = 0
  let lastRefusalMs = 0
  const refuse = (facts: object) => {
    lastRefusalMs = performance.now()
    refused += 1
    if (refused === 1) log.warn(facts, 'connections are refused')
  }
  const places = createFairShares(limits.process)
  server.maxConnections = limits.process + closing
  server.on('drop', () => refuse({ limit: limits.process, of: 'process' }))
  // Without a listener the process would end. EMFILE, no file left for a socket, is over when a connection
  // ends.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (server.listening) refuse({ code: error.code })
  })
  server.prependListener('connection', (socket: Socket) => {
    const key = addressKey(socket.remoteAddress ?? null)
    const slot = open.enter(key)
    socket.once('close', slot[Symbol.dispose])
    if (limits.address !== null && slot.position >= limits.address) {
      refuse({ limit: limits.address, of: 'address', ip: socket.remoteAddress })
      return void socket.destroy()
    }
    // Those of a proxy are the connections of many callers: none of them makes room for another.
    const place = places.enter(limits.address === null ? 'proxies' : key, () => socket.destroy())
    if (place === null) {
      refuse({ limit: limits.process, of: 'process', ip: socket.remoteAddress })
      return void socket.destroy()
    }
    socket.once('close', place[Symbol.dispose])
    if (refused === 0 || performance.now() - lastRefusalMs < quietMs) return
    log.warn({ refused }, 'connections are accepted again')
    refused = 0
  })
}
