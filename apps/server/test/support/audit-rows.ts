import type { TestApp } from '../../src/testing/test-app.ts'

/** What has been written down, oldest first, where the clock was moved in between. */
export function auditRows(app: TestApp) {
  return app.services.db.read.selectFrom('audit_events').selectAll().orderBy('id').execute()
}

/** The names of what `work` causes to be written down. */
export async function eventsOf(app: TestApp, work: () => Promise<unknown>): Promise<string[]> {
  const before = new Set((await auditRows(app)).map(({ id }) => id))
  await work()
  return (await auditRows(app)).filter(({ id }) => !before.has(id)).map(({ event }) => event)
}
