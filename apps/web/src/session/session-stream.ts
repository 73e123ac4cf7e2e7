import type { Client } from '@app/client'

/** Spread like the server's retry hint, so that not all browsers reconnect at once after a restart. */
const firstRetryMs = { least: 2_000, most: 6_000 }
const longestRetryMs = 60_000

interface Follower {
  client: Client
  /** The session ended, or something about it or its user changed. */
  onChange: () => void
}

/**
 * Follows the session of the browser until `signal`. One tab at a time has the event stream, because a
 * browser has six connections to a server without HTTP/2 for all its tabs. The others wait for a Web Lock.
 * Without locks (plain http) no tab has a stream, and tabs recheck the session when they get the focus.
 */
export async function followSession(follower: Follower, signal: AbortSignal): Promise<void> {
  if (!('locks' in navigator)) return
  try {
    await navigator.locks.request('session-stream', { signal }, () => keepStream(follower, signal))
  } catch {
    // The wait was aborted, or this document may have no lock.
  }
}

async function keepStream({ client, onChange }: Follower, signal: AbortSignal): Promise<void> {
  let lastEventId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const isClosed = await listen(client, lastEventId, signal, {
      onStarted: () => {
        failures = 0
      },
      onEvent: (id) => {
        lastEventId = id
        onChange()
      },
    })
    // The server closes the stream of a session that is over. A lost connection resumes after the last event.
    if (isClosed) {
      lastEventId = undefined
      onChange()
    }
    if (!signal.aborted) await waitToReconnect(failures, signal)
    failures += 1
  }
}

interface Listener {
  onStarted: () => void
  onEvent: (id: string) => void
}

/** Resolves when the stream is over, with whether the server closed it. */
function listen(
  client: Client,
  lastEventId: string | undefined,
  signal: AbortSignal,
  { onStarted, onEvent }: Listener,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const { unsubscribe } = client.sessions.events.subscribe(
    { lastEventId },
    {
      onStarted,
      onData: ({ id }) => onEvent(id),
      onComplete: () => resolve(true),
      onError: ({ data }) => resolve(data !== undefined),
      // EventSource would reconnect by itself, always after the same time.
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'connecting' && error !== null) resolve(false)
      },
    },
  )
  const over = new AbortController()
  signal.addEventListener('abort', () => resolve(false), { signal: over.signal })
  return promise.finally(() => {
    over.abort()
    unsubscribe()
  })
}

/** Waits longer after each failure, at most until the network is back or the window gets the focus. */
async function waitToReconnect(failures: number, signal: AbortSignal): Promise<void> {
  const stop = new AbortController()
  const options = { signal: AbortSignal.any([stop.signal, signal]) }
  const { promise, resolve } = Promise.withResolvers<void>()
  const { least, most } = firstRetryMs
  const first = least + Math.random() * (most - least)
  const timer = setTimeout(
    // Without a network every try would fail.
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
