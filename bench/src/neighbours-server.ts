// Runs the server like `npm start`, on the database of the first argument, with a few thousand users. It
// sends its port to the parent process, fills the account of each user name that it receives with long notes,
// replies to `usage` with the resources that it has used, and ends with the parent.
import { notePreview } from '@app/contract'
import { migrateDatabase } from '@app/router'
import type { Services } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { setGcFlags } from '@app/server/gc-flags'

export interface ServerUsage {
  maxRssMb: number
  cpuMicros: number
}

const [, , databaseUrl = '', noteCount = '120', userCount = '3000'] = process.argv

setGcFlags()
const { config, problems } = readConfig({
  DATABASE_URL: databaseUrl,
  AUTH_SECRETS: 'a secret for this benchmark only',
  PORT: '0',
  SIGNUP: 'open',
  PASSWORD_HASH_COST: '4',
  LOG_LEVEL: 'warn',
})
if (config === null) throw new Error(problems.join('\n'))

await migrateDatabase(config.accounts.databaseUrl)
const app = await createApp(config)
await addUsers(app.services.db)
const { port } = await app.listen()
process.on('message', (message: string) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage()
    const maxRssMb = process.resourceUsage().maxRSS / 1_024
    return void process.send?.({ maxRssMb, cpuMicros: user + system } satisfies ServerUsage)
  }
  void addNotes(app.services.db, message).then(() => process.send?.('filled'))
})
process.once('disconnect', () => {
  void app.close()
})
process.send?.(port)

async function addUsers(db: Services['db']): Promise<void> {
  const rows = Array.from({ length: Number(userCount) }, (_, index) => ({
    id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    username: `user-${String(index).padStart(5, '0')}`,
    name: `User ${index}`,
    name_key: `user ${index}`,
    role: 'user' as const,
    disabled_at: null,
    created_at: 1,
  }))
  await db.write(async (tx) => {
    for (let start = 0; start < rows.length; start += 500) {
      await tx
        .insertInto('users')
        .values(rows.slice(start, start + 500))
        .execute()
    }
  })
}

/** Half of the notes have letters of one byte, half have characters of four. */
async function addNotes(db: Services['db'], username: string): Promise<void> {
  await db.write(async (tx) => {
    const { id } = await tx
      .selectFrom('users')
      .where('username', '=', username)
      .select('id')
      .executeTakeFirstOrThrow()
    for (let index = 0; index < Number(noteCount); index += 1) {
      const body = (index % 2 === 0 ? 'a' : '\u{1F5DD}').repeat(20_000)
      const text = { title: 'long', body }
      const note = {
        ...text,
        preview: notePreview(text),
        bytes: Buffer.byteLength(`long${body}`),
        search_key: `long\n${body}`,
        revision: 1,
        created_at: 1,
        updated_at: 1,
      }
      const noteId = `${id.slice(0, 24)}${String(index).padStart(12, '0')}`
      await tx
        .insertInto('notes')
        .values({ id: noteId, user_id: id, ...note })
        .execute()
    }
  })
}
