import type { Client } from '@app/client'

/** As far apart as the server asks of browsers that come back, so that a restart does not meet them all at once. */
const firstRetryMs = { least: 2_000, most: 6_000 }
const longestRetryMs = 60_000

interface Follower {
  client: Client
  /** The session ended, or something about it or its user changed. */
  onChange: () => void
}

/**
 * Follows the session that the browser has, until `signal`. Only one of its tabs at a time does so in earnest: a browser has six
 * connections to a server without HTTP/2, for all tabs together. The others wait for the lock, and one of them has it when the
 * first one closes. Where there are no locks (plain http), nobody follows, and asking when a tab gets the focus has to do.
 */
export async function followSession(follower: Follower, signal: AbortSignal): Promise<void> {
  if (!('locks' in navigator)) return
  try {
    await navigator.locks.request('session-stream', { signal }, () => hold(follower, signal))
  } catch {
    // The wait was called off, or this document may have no lock: then another tab listens, or none.
  }
}

async function hold({ client, onChange }: Follower, signal: AbortSignal): Promise<void> {
  let lastEventId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const end = await listen(client, lastEventId, signal, {
      onStarted: () => {
        failures = 0
      },
      onEvent: (id) => {
        lastEventId = id
        onChange()
      },
    })
    // A stream that the server has closed is about a session that is over; one that was cut may go on where it was.
    if (end === 'closed') {
      lastEventId = undefined
      onChange()
    }
    if (!signal.aborted) await pause(failures, signal)
    failures += 1
  }
}

interface Listener {
  onStarted: () => void
  onEvent: (id: string) => void
}

/** Resolves when the stream is over, for whatever reason. */
function listen(
  client: Client,
  lastEventId: string | undefined,
  signal: AbortSignal,
  { onStarted, onEvent }: Listener,
): Promise<'closed' | 'cut'> {
  const { promise, resolve } = Promise.withResolvers<'closed' | 'cut'>()
  const { unsubscribe } = client.sessions.events.subscribe(
    { lastEventId },
    {
      onStarted,
      onData: ({ id }) => onEvent(id),
      onComplete: () => resolve('closed'),
      onError: ({ data }) => resolve(data === undefined ? 'cut' : 'closed'),
      // The browser would come back by itself, again and again after the same time.
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'connecting' && error !== null) resolve('cut')
      },
    },
  )
  const over = new AbortController()
  signal.addEventListener('abort', () => resolve('cut'), { signal: over.signal })
  return promise.finally(() => {
    over.abort()
    unsubscribe()
  })
}

/** Waits longer each time; no longer than until the network is back, or a person looks. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const stop = new AbortController()
  const options = { signal: AbortSignal.any([stop.signal, signal]) }
  const { promise, resolve } = Promise.withResolvers<void>()
  const { least, most } = firstRetryMs
  const first = least + Math.random() * (most - least)
  const timer = setTimeout(
    // Without a network every try would be in vain.
    () => navigator.onLine && resolve(),
    Math.min(first * 2 ** failures, longestRetryMs),
  )
  window.addEventListener('online', () => resolve(), options)
  window.addEventListener('focus', () => resolve(), options)
  signal.addEventListener('abort', () => resolve(), options)
  await promise
  clearTimeout(timer)
  stop.abort()
}
