import { beginRun, dropDatabasesOfThisRun, postgresProblem } from './test-postgres.ts'

// vitest's `globalSetup`: creates and deletes what all files of a run share.

export function setup(): void {
  beginRun()
}

export async function teardown(): Promise<void> {
  if ((await postgresProblem()) === '') await dropDatabasesOfThisRun()
}
