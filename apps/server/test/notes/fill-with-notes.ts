import { searchKey, noteLimits } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'

/** As long as a text may be, in the characters that take the most bytes: 80 KB. */
export const longestBody = '\u{1F5DD}'.repeat(noteLimits.body.max)

/**
 * Gives a user this many old notes at once, past the API, which would take minutes for the thousands that the
 * limit needs.
 * @param bodyOf the text of each, counted from the oldest. Default: none
 */
export async function fillWithNotes(
  app: TestApp,
  userId: string,
  count: number,
  bodyOf: (index: number) => string = () => '',
): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    user_id: userId,
    title: 'old',
    body: bodyOf(index),
    search_key: searchKey(`old\n${bodyOf(index)}`),
    bytes: Buffer.byteLength(`old${bodyOf(index)}`),
    revision: 1,
    created_at: 1,
    updated_at: 1,
  }))
  await app.services.db.write(async (tx) => {
    // As much as a statement takes: of parameters, and of text.
    const atOnce = bodyOf(0).length < 1_000 ? 1_000 : 20
    for (let start = 0; start < count; start += atOnce) {
      await tx
        .insertInto('notes')
        .values(rows.slice(start, start + atOnce))
        .execute()
    }
  })
}
