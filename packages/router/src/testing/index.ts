export { databaseKinds, describeOnEach, describeOnPostgres } from './describe-on-each.ts'
export { everyRow } from './every-row.ts'
export { emptyTestDatabase, testDatabase } from './test-database.ts'
export type { EmptyTestDatabase, TestDatabase } from './test-database.ts'
