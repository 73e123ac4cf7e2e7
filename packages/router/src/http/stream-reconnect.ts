/**
 * Thrown in a stream, ends it without the word that it is complete, so that an `EventSource` connects anew with the cookie that it has
 * by then. tRPC knows such an end by this name; nobody is told of a failure.
 */
export class ComeBack extends Error {
  override name = 'AbortError'
}
