/** A migration did not run, and those before it in the same transaction were rolled back. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`The migration ${migration} failed, and the database is unchanged: ${reason}`, { cause })
  }
}
