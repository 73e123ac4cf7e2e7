import type { Ticker } from './interval.ts'

/** Listeners that began within this time tick together. */
const placeMs = 10

/** Eight checks take about 0.2 ms, for which a call may have to wait. */
const ticksPerTurn = 8

interface Listener {
  /** Null when it has stopped. */
  tick: (() => void) | null
}

/**
 * Creates a ticker for thousands of listeners. Each ticks `everyMs` after it began to listen, and at that
 * interval from then on; few tick in one turn of the event loop. Intervals of Node that are due after a pause
 * of the process all run in one turn, and in one turn ever after, because each restarts when it ran.
 * @param everyMs a multiple of 10
 */
export function createSpreadTicker(everyMs: number): Ticker {
  /** The listeners by the time in the interval at which they tick. */
  const places: Listener[][] = Array.from({ length: everyMs / placeMs }, () => [])
  let count = 0
  /** The last place whose listeners were added to `due`. Places are counted from the start of the process. */
  let last = 0
  /** The next place that has listeners. */
  let next = 0
  let due: Listener[] = []
  let isScheduled = false

  const listenersAt = (place: number) => places[place % places.length] ?? []
  const current = () => Math.floor(performance.now() / placeMs)
  const run = () => {
    isScheduled = false
    const until = current()
    // After a pause of more than an interval each listener ticks once.
    last = Math.max(last, until - places.length)
    while (last < until && due.length < ticksPerTurn) {
      last += 1
      due.push(...listenersAt(last))
    }
    const group = due.slice(0, ticksPerTurn)
    due = due.slice(ticksPerTurn)
    for (const { tick } of group) tick?.()
    schedule()
  }
  const schedule = () => {
    if (isScheduled || count === 0) return
    isScheduled = true
    next = last + 1
    if (due.length > 0) return void setImmediate(run)
    while (listenersAt(next).length === 0) next += 1
    const waitMs = next * placeMs - performance.now()
    if (waitMs <= 0) setImmediate(run)
    // The open connections keep the process alive.
    else setTimeout(run, Math.ceil(waitMs)).unref()
  }

  return (tick) => {
    // The places before `next` are empty: a listener that begins now must not tick at once.
    last = count === 0 ? current() : Math.max(last, Math.min(current(), next - 1))
    const listener: Listener = { tick }
    const place = listenersAt(current())
    place.push(listener)
    count += 1
    schedule()
    return () => {
      if (listener.tick === null) return
      listener.tick = null
      place.splice(place.indexOf(listener), 1)
      count -= 1
    }
  }
}
