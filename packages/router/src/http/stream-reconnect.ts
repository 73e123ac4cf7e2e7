/**
 * Ends an event stream without a final event when it is thrown in it, so that an `EventSource` reconnects
 * with its current cookie. tRPC recognises it by its name and formats no failure.
 */
export class StreamReconnect extends Error {
  override name = 'AbortError'
}
