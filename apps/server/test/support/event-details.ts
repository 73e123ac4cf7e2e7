import type { TestApp } from '../../src/testing/test-app.ts'

/** Returns the details of all events of that name, oldest first. */
export async function eventDetails({ services }: TestApp, event: string): Promise<object[]> {
  const rows = await services.db.read
    .selectFrom('audit_events')
    .where('event', '=', event)
    .select('detail')
    .orderBy('id')
    .execute()
  // Sound: the column has JSON objects.
  return rows.map(({ detail }) => JSON.parse(detail ?? '{}') as object)
}
