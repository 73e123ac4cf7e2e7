import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { devNull } from 'node:os'
import { addressKey, createFairShares, createInFlightCounter } from '@app/router'
import type { Logger } from 'pino'

/** Limits of open connections. A browser has up to six, and an open page keeps one. */
export interface ConnectionLimits {
  process: number
  /** How many of them may be idle. */
  idle: number
  /** Of one IPv4 address or IPv6 /64. Null when all connections come from a proxy. */
  address: number | null
}

/** Open files that the process needs otherwise: the database, threads, standard streams. */
const otherFiles = 64
/** Connections besides those of event streams. */
const otherConnections = 2_000
/** Sockets that close while new ones are accepted. */
const closing = 16

/** Returns limits that leave enough open files for the database when connections flood the server. */
export function connectionLimits(trustProxy: number, eventStreams: number): ConnectionLimits {
  const wanted = eventStreams + otherConnections
  const files = openFileLimit() ?? wanted + otherFiles
  const process = Math.max(20, Math.min(wanted, files - otherFiles))
  return {
    process,
    idle: Math.floor(process / 2),
    address: trustProxy === 0 ? 256 : null,
  }
}

/**
 * Returns the soft limit (`ulimit -n`), which Node raises to the hard one when it starts. Null where it is
 * not known: everywhere but on Linux, and where the process may not read it.
 */
function openFileLimit(): number | null {
  try {
    const found = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))
    return found === null ? null : Number(found[1])
  } catch {
    return null
  }
}

/**
 * Returns EMFILE or ENFILE when the process or the machine has no open file left, otherwise null. Node closes
 * the next connections then and emits nothing, so each accepted connection checks it. A device that is
 * missing or not readable (a chroot, SELinux, `--permission`) does not count.
 */
function openFileFailure(): string | null {
  try {
    closeSync(openSync(devNull, 'r'))
    return null
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    return code === 'EMFILE' || code === 'ENFILE' ? code : null
  }
}

/**
 * Closes connections beyond the limits, and those that take the last open file of the process. Logs the first
 * rejected connection, and the first that is accepted after `quietMs` without a rejected one.
 */
export function limitConnections(
  server: Server,
  { limits, log, quietMs = 10_000 }: { limits: ConnectionLimits; log: Logger; quietMs?: number },
): void {
  const open = createInFlightCounter()
  let rejected = 0
  let lastRejectedMs = 0
  const reject = (facts: object) => {
    lastRejectedMs = performance.now()
    rejected += 1
    if (rejected === 1) log.warn(facts, 'connections are rejected')
  }
  const slots = createFairShares(limits.process)
  server.maxConnections = limits.process + closing
  server.on('drop', () => reject({ limit: limits.process, of: 'process' }))
  // Without a listener a failure to accept would end the process.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (server.listening) reject({ code: error.code })
  })
  server.prependListener('connection', (socket: Socket) => {
    const key = addressKey(socket.remoteAddress ?? null)
    const ofAddress = open.enter(key)
    socket.once('close', ofAddress[Symbol.dispose])
    if (limits.address !== null && ofAddress.position >= limits.address) {
      reject({ limit: limits.address, of: 'address', ip: socket.remoteAddress })
      return void socket.destroy()
    }
    // The connections of a proxy belong to many clients: none is closed for another.
    const slot = slots.enter(limits.address === null ? 'proxies' : key, () => socket.destroy())
    if (slot === null) {
      reject({ limit: limits.process, of: 'process', ip: socket.remoteAddress })
      return void socket.destroy()
    }
    socket.once('close', slot[Symbol.dispose])
    const code = openFileFailure()
    if (code !== null) {
      reject({ code })
      return void socket.destroy()
    }
    if (rejected === 0 || performance.now() - lastRejectedMs < quietMs) return
    log.warn({ rejected }, 'connections are accepted again')
    rejected = 0
  })
}
