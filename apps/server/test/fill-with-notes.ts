import type { TestApp } from '../src/testing/test-app.ts'

/** Gives a user this many old notes at once, past the API, which would take minutes for the thousands that the limit needs. */
export async function fillWithNotes(app: TestApp, userId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    user_id: userId,
    title: 'old',
    body: '',
    search_key: 'old\n',
    revision: 1,
    created_at: 1,
    updated_at: 1,
  }))
  await app.services.db.write(async (tx) => {
    for (let start = 0; start < count; start += 1_000) {
      await tx
        .insertInto('notes')
        .values(rows.slice(start, start + 1_000))
        .execute()
    }
  })
}
