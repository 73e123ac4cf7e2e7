/** Lists by the field of the answer that they are, in the order in which its schema has them; each page by page. */
export type LongLists = Readonly<Record<string, AsyncIterable<readonly object[]>>>

/**
 * How a host lets an answer leave that is too long to be in memory. The procedure returns it with empty lists, and gives what
 * belongs into them here; the host reads each page when the caller has taken the one before. What fails meanwhile breaks the answer off.
 */
export interface LongAnswer {
  /** @param over is called once: when the answer has left, or the caller has */
  send(lists: LongLists, over: () => void): void
}
