import type { Server } from 'node:http'
import { Server as TcpServer } from 'node:net'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/** How often connections are closed that became idle after the stop began. */
const sweepMs = 50

interface Closing {
  /** When requests that still run are cut off. */
  deadlineMs: number
  /**
   * How long idle connections are still served. A proxy like nginx reuses open connections, and a request
   * that it sends while the server closes one is lost. Each connection gets one more response, which closes
   * it.
   */
  lingerMs: number
}

/** Stops accepting, and resolves when every accepted request has its response or is cut off. */
export async function closeServer(server: Server, { deadlineMs, lingerMs }: Closing): Promise<void> {
  if (!server.listening) return
  await quietTurn(server)
  // The method of http.Server would close idle connections too.
  const closed = new Promise((resolve) => TcpServer.prototype.close.call(server, resolve))
  const startedAt = performance.now()
  const closeIdle = () => {
    // After this turn's reads: a connection with a request that has arrived is not idle.
    if (performance.now() - startedAt >= lingerMs) setImmediate(() => server.closeIdleConnections())
  }
  closeIdle()
  const sweep = setInterval(closeIdle, sweepMs)
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
  // Also ends the timer of http.Server.
  server.close()
}

const maxTurns = 1_000
const quietTurnMs = 1

/**
 * Waits for a turn of the event loop in which nothing arrived. Node accepts one connection a turn, and the
 * system resets those that still wait when the listener closes.
 */
async function quietTurn(server: Server): Promise<void> {
  let isQuiet = false
  const noise = () => {
    isQuiet = false
  }
  server.on('connection', noise).on('request', noise)
  for (let turns = 0; turns < maxTurns && !isQuiet; turns += 1) {
    const begun = performance.now()
    isQuiet = true
    await yieldToEventLoop()
    if (performance.now() - begun > quietTurnMs) noise()
  }
  server.off('connection', noise).off('request', noise)
}
