import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrateDatabase } from '@app/router'
import { prepareLater, prepareQuery } from '@app/router/testing'
import { openDb } from './open-db.ts'

/** Something that commits as much as it can for some seconds. @returns how many transactions a second */
type Commits = (seconds: number) => Promise<number>

interface LoneWriters extends AsyncDisposable {
  /** The writer thread of a server that serves nothing, for as many writers at a time. */
  thread: Commits
  /** One connection to SQLite that waits for the disk itself, without threads, messages and Kysely. */
  connection: Commits
}

const findUser = prepareQuery((db, value: (name: 'id') => string) =>
  db.selectFrom('users').select('id').where('id', '=', value('id')),
)
const findSession = prepareQuery((db, value: (name: 'id') => string) =>
  db.selectFrom('sessions').select('id').where('id', '=', value('id')),
)
const findNote = prepareQuery((db, value: (name: 'id') => string) =>
  db.selectFrom('notes').select('body').where('id', '=', value('id')),
)
const saveNote = prepareLater<{ id: string; body: string }>((tx, value) =>
  tx
    .updateTable('notes')
    .set({ body: value('body') })
    .where('id', '=', value('id')),
)

/**
 * Opens a database in which both write what `notes.update` writes: they look for user, session and note,
 * update the note and commit, with `synchronous=FULL`.
 */
export async function openLoneWriters(folder: string, writers: number): Promise<LoneWriters> {
  const file = path.join(folder, 'alone.db')
  await migrateDatabase(`file:${file}`)
  const db = await openDb(`file:${file}`)
  await db.write(async (tx) => {
    const user = { id: 'ada', username: 'ada', name: 'Ada', name_key: 'ada', role: 'user' } as const
    await tx
      .insertInto('users')
      .values({ ...user, disabled_at: null, created_at: 1 })
      .execute()
    const text = { title: '', body: '', search_key: '', bytes: 0, revision: 1 }
    const note = { id: 'note', user_id: 'ada', ...text, created_at: 1, updated_at: 1 }
    await tx.insertInto('notes').values(note).execute()
  })
  let body = 0
  const nextBody = () => `body ${(body += 1)}`
  const connection = new DatabaseSync(file)
  connection.exec('pragma synchronous = full')
  const reads = ['users', 'sessions', 'notes'].map((table) =>
    connection.prepare(`select id from ${table} where id = ?`),
  )
  const save = connection.prepare('update notes set body = ? where id = ?')

  const perSecond = async (seconds: number, atATime: number, commit: () => Promise<unknown>) => {
    const begun = performance.now()
    let commits = 0
    const keepCommitting = async () => {
      for (; performance.now() - begun < seconds * 1_000; commits += 1) await commit()
    }
    await Promise.all(Array.from({ length: atATime }, keepCommitting))
    return (commits / (performance.now() - begun)) * 1_000
  }
  return {
    thread: (seconds) =>
      perSecond(seconds, writers, () =>
        db.write(async (tx) => {
          await findUser(tx, { id: 'ada' })
          await findSession(tx, { id: 'session' })
          await findNote(tx, { id: 'note' })
          await saveNote(tx, { id: 'note', body: nextBody() })
        }),
      ),
    connection: (seconds) =>
      perSecond(seconds, 1, async () => {
        connection.exec('begin immediate')
        for (const read of reads) read.get('ada')
        save.run(nextBody(), 'note')
        connection.exec('commit')
      }),
    [Symbol.asyncDispose]: async () => {
      connection.close()
      await db.close()
    },
  }
}
