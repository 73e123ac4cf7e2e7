/** Runs bcrypt. Each call keeps one core busy, for a time that depends on the cost. */
export interface Hasher {
  /** @returns the hash with its salt and cost, as bcrypt writes it */
  hash(text: string, cost: number): Promise<string>
  /**
   * @param paddingHashes compared right after `hash`, only so that the call takes as long as one of a higher
   * cost
   * @returns whether `hash` is one of `text`; false also if it is no hash
   */
  compare(text: string, hash: string, paddingHashes?: readonly string[]): Promise<boolean>
}
