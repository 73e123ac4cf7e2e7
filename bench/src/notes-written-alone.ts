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
const findSession = prepareQuery((db, value: (name: 'id' | 'tokenHash') => string) =>
  db
    .selectFrom('sessions')
    .select('factor_id')
    .where('id', '=', value('id'))
    .where('token_hash', '=', value('tokenHash')),
)
const findNote = prepareQuery((db, value: (name: 'id' | 'userId') => string) =>
  db
    .selectFrom('notes')
    .where('id', '=', value('id'))
    .where('user_id', '=', value('userId'))
    .select(['id', 'title', 'body', 'revision', 'created_at', 'updated_at']),
)
const saveNote = prepareLater<ReturnType<typeof changedNote>>((tx, value) =>
  tx
    .updateTable('notes')
    .set({
      title: value('title'),
      preview: value('preview'),
      body: value('body'),
      revision: value('revision'),
      updated_at: value('updated_at'),
      search_key: value('search_key'),
      // In an index, which is therefore written too.
      bytes: value('bytes'),
    })
    .where('id', '=', value('id'))
    .where('user_id', '=', value('user_id')),
)

function changedNote(revision: number) {
  const body = `body ${revision}`
  const text = { title: 'a note', preview: body, body, search_key: `a note\n${body}`, bytes: 6 + body.length }
  return { id: 'note', user_id: 'ada', ...text, revision, created_at: 1, updated_at: revision }
}

/**
 * Opens a database in which both write what `notes.update` writes, with its statements: they look for user,
 * session and note, update the note and commit, with `synchronous=FULL`.
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
    const session = { id: 'session', user_id: 'ada', token_hash: 'hash', remembered: 0, amr: 'pwd' } as const
    const times = { created_at: 1, last_seen_at: 1, idle_until: 1, ends_at: 1, authenticated_at: 1 }
    const from = { factor_id: null, ip: null, user_agent: null }
    await tx
      .insertInto('sessions')
      .values({ ...session, ...times, ...from })
      .execute()
    await tx.insertInto('notes').values(changedNote(1)).execute()
  })
  let revision = 1
  const nextNote = () => changedNote((revision += 1))
  const connection = new DatabaseSync(file)
  connection.exec('pragma synchronous = full')
  const readUser = connection.prepare('select id from users where id = ?')
  const readSession = connection.prepare('select factor_id from sessions where id = ? and token_hash = ?')
  const readNote = connection.prepare(
    'select id, title, body, revision, created_at, updated_at from notes where id = ? and user_id = ?',
  )
  const save = connection.prepare(
    'update notes set title = ?, preview = ?, body = ?, revision = ?, updated_at = ?, search_key = ?, bytes = ? where id = ? and user_id = ?',
  )

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
          await findSession(tx, { id: 'session', tokenHash: 'hash' })
          await findNote(tx, { id: 'note', userId: 'ada' })
          await saveNote(tx, nextNote())
        }),
      ),
    connection: (seconds) =>
      perSecond(seconds, 1, async () => {
        connection.exec('begin immediate')
        readUser.get('ada')
        readSession.get('session', 'hash')
        readNote.get('note', 'ada')
        const { title, preview, body, ...derived } = nextNote()
        const { revision: next, updated_at: at, search_key: key, bytes } = derived
        save.run(title, preview, body, next, at, key, bytes, 'note', 'ada')
        connection.exec('commit')
      }),
    [Symbol.asyncDispose]: async () => {
      connection.close()
      await db.close()
    },
  }
}
