/**
 * Calls `tick` at an interval until the returned function is called. Tests pass a ticker that they control.
 */
export type Ticker = (tick: () => void) => () => void

/** How often an open event stream sends a ping, so that proxies and clients see that it is alive. */
export const streamPingMs = 15_000

/** After this long without a byte, three pings, a client reopens its event stream. */
export const streamSilenceMs = 3 * streamPingMs

/** How often an open event stream reads its session again, for expiry and for changes by other processes. */
export const sessionCheckMs = 15_000

/** How often the sender looks for mails that other processes queued, or that are to be tried again. */
const mailCheckMs = 5_000

/** Ticks every `mailCheckMs`. */
export const mailTicker: Ticker = (tick) => {
  const timer = setInterval(tick, mailCheckMs)
  return () => clearInterval(timer)
}
