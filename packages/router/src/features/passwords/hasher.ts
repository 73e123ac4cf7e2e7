/** Where bcrypt runs; the two calls of it that are needed. Both take about a core for as long as the cost says. */
export interface Hasher {
  /** @returns the hash with its salt and cost, as bcrypt writes it */
  hash(text: string, cost: number): Promise<string>
  /** @returns false also when `hash` is none */
  compare(text: string, hash: string): Promise<boolean>
}
