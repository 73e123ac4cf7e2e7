/** Runs bcrypt. Both calls take about one core for as long as the cost says. */
export interface Hasher {
  /** @returns the hash with its salt and cost, as bcrypt writes it */
  hash(text: string, cost: number): Promise<string>
  /**
   * @param paddingHashes are compared right after `hash`, only so that the call takes as long as one of a
   *   higher cost
   * @returns whether `hash` is one of `text`; false also when it is none
   */
  compare(text: string, hash: string, paddingHashes?: readonly string[]): Promise<boolean>
}
