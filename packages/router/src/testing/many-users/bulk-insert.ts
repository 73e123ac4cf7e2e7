/** Inserts many rows at once into the database of a URL, without the code of the product. */
export interface BulkInsert extends AsyncDisposable {
  count(table: string, where?: string): Promise<number>
  insert(table: string, rows: readonly object[]): Promise<void>
  remove(table: string, where: string): Promise<void>
  /** When the first user signed up; null without users. */
  firstSignup(): Promise<number | null>
  /** Drops all indexes that no constraint needs, and stores their definitions in the database. */
  dropIndexes(): Promise<void>
  /** Creates one of the dropped indexes again. @returns how many are left; undefined when there was none */
  restoreIndex(): Promise<number | undefined>
  /** Leaves the database as a server that has run for long. */
  finish(): Promise<void>
}
