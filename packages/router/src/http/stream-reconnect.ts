/**
 * Thrown in an event stream, ends it without a final event, so that an `EventSource` reconnects with its
 * current cookie. tRPC recognises such an end by this name and answers no failure.
 */
export class StreamReconnect extends Error {
  override name = 'AbortError'
}
