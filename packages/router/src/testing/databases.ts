// The part of `@app/router/testing` that loads no procedures: a program that needs only a database starts in
// a third of the CPU time.
export { freePort } from '../../../../tools/free-port.ts'
export { emptyTestDatabase } from './test-database.ts'
export { onServer, testPostgresUrl } from './test-postgres.ts'
