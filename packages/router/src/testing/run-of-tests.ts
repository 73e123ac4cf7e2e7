import { beginRun, dropDatabasesOfThisRun, postgresAnswers } from './test-postgres.ts'

// vitest's `globalSetup`: what every file of a run shares begins and ends here.

export function setup(): void {
  beginRun()
}

export async function teardown(): Promise<void> {
  if (await postgresAnswers()) await dropDatabasesOfThisRun()
}
