import type { Client } from '@app/client'

/** Random like the server's retry hint, so that browsers do not reconnect simultaneously after a restart. */
const firstRetryMs = { least: 2_000, most: 6_000 }
const longestRetryMs = 60_000

interface Follower {
  client: Client
  /** Returns the fingerprint of the state that the tab has when its stream begins. */
  firstFingerprint: () => string | undefined
  /** Called when the session ended, or when the session or its user changed. */
  onChange: () => void
}

/**
 * Follows the session of the browser until `signal`. One tab at a time opens the event stream, because
 * without HTTP/2 all tabs of a browser share six connections to a server. The others wait for a Web Lock.
 * Without Web Locks (plain http) no tab opens a stream, and tabs recheck the session when they get the focus.
 */
export async function followSession(follower: Follower, signal: AbortSignal): Promise<void> {
  if (!('locks' in navigator)) return
  try {
    await navigator.locks.request('session-stream', { signal }, () => keepStream(follower, signal))
  } catch {
    // The wait was aborted, or the browser denies this document the lock.
  }
}

async function keepStream(
  { client, firstFingerprint, onChange }: Follower,
  signal: AbortSignal,
): Promise<void> {
  let lastEventId = firstFingerprint()
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
    // The server closes the stream of an ended session. A lost connection resumes after the last event.
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

/** Resolves when the stream ends, with whether the server closed it. */
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
      // EventSource would reconnect automatically, always after the same time.
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
