import { commandLines } from '@app/contract/command-lines'
import { product } from '@app/contract/product'
import { operatorCommand } from './operator-command.ts'

const whileDeveloping = `While developing: check out the version that made it, set DATABASE_URL to another database, or delete all data with: ${commandLines.checkout} reset --yes`

/** The database answers, but its schema is not the one that this code needs. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch'
  readonly reason: 'pending' | 'newer'

  /**
   * @param reason `pending`: the database lacks the named migrations. `newer`: it has the named ones, which
   * this code does not know.
   */
  constructor(reason: 'pending' | 'newer', migrations: readonly string[]) {
    const names = migrations.join(', ')
    super(
      reason === 'newer'
        ? `The database is newer than this version of ${product.name} (it has ${names}). Update ${product.name}. ${whileDeveloping}`
        : `The database is older than this version of ${product.name} (it lacks ${names}). Run: ${operatorCommand()} migrate`,
    )
    this.reason = reason
  }
}
