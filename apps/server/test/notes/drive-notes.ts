import { text } from 'node:stream/consumers'
import type { StatementRecorder } from '@app/router/testing'
import { readPages } from '../database/read-pages.ts'
import type { CookieActor } from '../support/actors.ts'

/** Reads pages of notes in every way, and exports them. */
export async function driveNotes({ api }: CookieActor, record: StatementRecorder): Promise<void> {
  for (const title of ['Note 1', 'Note 2', 'Note 3']) await api.notes.create.mutate({ title })
  await record.during(async () => {
    await readPages((page) => api.notes.list.query(page))
    await readPages((page) => api.notes.list.query({ ...page, search: 'note' }))
    await text(await api.account.export.query())
  })
}
