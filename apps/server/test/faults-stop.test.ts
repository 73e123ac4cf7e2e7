import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { expectWhole } from './expect-whole.ts'
import { post } from './raw-call.ts'
import { dataFolder, startServer } from './server-process.ts'

const password = 'correct horse battery'

test('SIGTERM under load: whatever was done was answered, and nothing fails', async () => {
  using folder = dataFolder()
  await using server = startServer({
    DATABASE_URL: folder.databaseUrl,
    LIMITS: 'relaxed',
    HASH_QUEUE: '64',
    LOG_LEVEL: 'info',
  })
  const url = await server.url()
  const answered: string[] = []
  const statuses = new Set<number>()
  const keepBusy = async (worker: number) => {
    for (let person = 0; ; person += 1) {
      const username = `p${worker}-${person}`
      try {
        const answer = await post(url, 'auth.signup', { username, password, email: `${username}@a.example` })
        statuses.add(answer.status)
      } catch {
        // Never accepted, or accepted and dropped: what the database holds tells which.
        return
      }
      answered.push(username)
      if (answered.length === 30) server.child.kill('SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 12 }, (_, worker) => keepBusy(worker)))
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('')
  expect([...statuses]).toEqual([200])

  const file = folder.databaseUrl.slice('file:'.length)
  expectWhole(file)
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('select username from users').all()
  database.close()
  expect(new Set(rows.map(({ username }) => username))).toEqual(new Set(answered))
  expect(answered.length).toBeGreaterThan(30)
})
