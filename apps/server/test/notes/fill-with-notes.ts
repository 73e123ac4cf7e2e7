import { notePreview, searchKey, noteLimits } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'

/** The longest allowed text, in characters with the most bytes: 80 KB. */
export const longestBody = '\u{1F5DD}'.repeat(noteLimits.body.max)

/**
 * Inserts old notes of a user directly, because the API would take minutes for thousands of them.
 * @param bodyOf returns the text of a note by its index from the oldest. Default: no text
 */
export async function fillWithNotes(
  app: TestApp,
  userId: string,
  count: number,
  bodyOf: (index: number) => string = () => '',
  title = 'old',
): Promise<void> {
  // Ids of several users differ, and increase with the index.
  const group = `${userId.slice(-4)}-7000-8${userId.slice(-7, -4)}`
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `01900000-${group}-${String(index).padStart(12, '0')}`,
    user_id: userId,
    title,
    preview: notePreview({ title, body: bodyOf(index) }),
    body: bodyOf(index),
    search_key: searchKey(`${title}\n${bodyOf(index)}`),
    bytes: Buffer.byteLength(`${title}${bodyOf(index)}`),
    revision: 1,
    created_at: 1,
    updated_at: 1,
  }))
  await app.services.db.write(async (tx) => {
    // Limits the parameters and the text of a statement.
    const rowsPerInsert = bodyOf(0).length < 1_000 ? 1_000 : 20
    for (let start = 0; start < count; start += rowsPerInsert) {
      await tx
        .insertInto('notes')
        .values(rows.slice(start, start + rowsPerInsert))
        .execute()
    }
  })
}
