/** Where bcrypt runs; the two calls of it that are needed. Both take about a core for as long as the cost says. */
export interface Hasher {
  /** @returns the hash with its salt and cost, as bcrypt writes it */
  hash(text: string, cost: number): Promise<string>
  /**
   * @param company compared with as well, right after `hash` and without a pause; what comes of it is of no interest, only the work is
   * @returns whether `hash` is one of `text`; false also when it is none
   */
  compare(text: string, hash: string, company?: readonly string[]): Promise<boolean>
}
