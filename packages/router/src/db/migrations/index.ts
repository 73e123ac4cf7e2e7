import type { Migration } from '../migration.ts'
import { accountsAndNotes } from './0001-accounts-and-notes.ts'

/** Every migration, oldest first. A list and not a folder scan: what is not here does not run. */
export const migrations: readonly Migration[] = [accountsAndNotes]
