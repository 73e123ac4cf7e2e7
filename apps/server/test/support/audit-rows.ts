import type { TestApp } from '../../src/testing/test-app.ts'

/** Returns the recorded events, oldest first. */
export function auditRows(app: TestApp) {
  return app.services.db.read.selectFrom('audit_events').selectAll().orderBy('id').execute()
}

/** Returns the names of the events that `work` records. */
export async function eventsOf(app: TestApp, work: () => Promise<unknown>): Promise<string[]> {
  const before = new Set((await auditRows(app)).map(({ id }) => id))
  await work()
  return (await auditRows(app)).filter(({ id }) => !before.has(id)).map(({ event }) => event)
}
