import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

interface Limits {
  stalledMs: number
  laggingMs: number
  checkEveryMs: number
}

/** Of a socket whose bytes wait. */
interface Progress {
  /** The bytes that the system had accepted at the last check. */
  sent: number
  /** When `sent` last grew. */
  sentAt: number
  /** Since when bytes have been waiting without a break. */
  laggingSince: number
}

/** 250 take about 0.1 ms. All sockets of 10,000 event streams would take several. */
const socketsPerTurn = 250

/**
 * Closes connections whose client reads nothing for `stalledMs`, or does not catch up within `laggingMs`
 * (slow-read attack; ASVS 5.0 15.2.2). Node's own timeout restarts with every byte in either direction. So a
 * client that reads one byte now and then could keep a response forever, and the pings of an event stream
 * would keep it open. A client that has vanished is noticed when the system's buffers are full.
 */
export function cutSlowClients(server: Server, { stalledMs, laggingMs, checkEveryMs }: Limits): void {
  const sockets = new Set<Socket>()
  const lagging = new Map<Socket, Progress>()
  const check = (socket: Socket, now: number) => {
    // Almost every socket, of thousands.
    if (socket.writableLength === 0) return void lagging.delete(socket)
    const sent = socket.bytesWritten - socket.writableLength
    const before = lagging.get(socket)
    if (before === undefined) return void lagging.set(socket, { sent, sentAt: now, laggingSince: now })
    if (sent > before.sent) Object.assign(before, { sent, sentAt: now })
    if (now - before.sentAt >= stalledMs || now - before.laggingSince >= laggingMs) socket.destroy()
  }
  let isChecking = false
  const checkAll = async () => {
    if (isChecking) return
    isChecking = true
    let now = performance.now()
    let count = 0
    for (const socket of sockets) {
      check(socket, now)
      count += 1
      if (count % socketsPerTurn > 0) continue
      await yieldToEventLoop()
      now = performance.now()
    }
    isChecking = false
  }
  const timer = setInterval(() => void checkAll(), checkEveryMs).unref()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      lagging.delete(socket)
    })
  })
  server.once('close', () => clearInterval(timer))
}
