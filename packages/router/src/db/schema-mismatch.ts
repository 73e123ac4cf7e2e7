const whileDeveloping =
  'While developing: check out the version that made it, set DATABASE_URL to another database, or delete all data with: node tools/pnpm.mjs exec latchkey reset --yes'

/** The database answers, but its schema is not the one that this code was written for. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch'
  readonly state: 'pending' | 'newer'

  /**
   * @param state `pending`: the database lacks the named migrations. `newer`: it has the named ones, which
   * this code does not know.
   */
  constructor(state: 'pending' | 'newer', migrations: readonly string[]) {
    const names = migrations.join(', ')
    super(
      state === 'newer'
        ? `The database is newer than this version of Latchkey (it has ${names}). Update Latchkey. ${whileDeveloping}`
        : `The database is older than this version of Latchkey (it lacks ${names}). Run: latchkey migrate`,
    )
    this.state = state
  }
}
