import { randomInt } from 'node:crypto'
import { describeOnEach, openMailServer, testDatabase } from '@app/router/testing'
import type { TestDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { post } from '../support/raw-call.ts'
import { startServer } from '../support/server-process.ts'

/** More rounds cover more moments: `pnpm test:faults`. */
const rounds = Number(process.env['TEST_KILL_ROUNDS'] ?? 4)
const callsPerRound = 40
/** As many as a sender works on at once. */
const mailsInProgress = 4

const addressOf = (index: number) => `user-${index}@example.org`

async function addUsers({ db }: TestDatabase, count: number): Promise<void> {
  await db.write(async (tx) => {
    for (let index = 0; index < count; index += 1) {
      const id = `user-${index}`
      const name = { username: id, name: id, name_key: id }
      await tx
        .insertInto('users')
        .values({ id, ...name, role: 'user', disabled_at: null, created_at: 0 })
        .execute()
      const address = addressOf(index)
      await tx
        .insertInto('emails')
        .values({ id, user_id: id, address, address_key: address, verified_at: 1 })
        .execute()
    }
  })
}

describeOnEach('mail', (databaseKind) => {
  test(
    `mail: kill -9 at any moment, ${rounds} times, loses no mail, and repeats those in progress only`,
    async () => {
      await using mailServer = await openMailServer()
      await using database = await testDatabase(databaseKind, { durable: true })
      const { db } = database
      await addUsers(database, (rounds + 1) * callsPerRound)
      const environment = {
        DATABASE_URL: database.url,
        AUTH_SECRETS: 'a secret that only these tests share',
        LIMITS: 'relaxed',
        LOG_LEVEL: 'warn',
        SMTP_URL: mailServer.url,
        MAIL_FROM: 'accounts@example.org',
      }
      const asked: number[] = []
      const confirmed: number[] = []
      for (let round = 0; round <= rounds; round += 1) {
        await using server = startServer(environment)
        const url = await server.url()
        const lastCall = round === rounds ? callsPerRound : randomInt(1, callsPerRound)
        for (let call = 0; call < callsPerRound; call += 1) {
          const index = round * callsPerRound + call
          asked.push(index)
          const answer = post(url, 'recovery.request', { identifier: `user-${index}` })
          if (call === lastCall) {
            server.child.kill('SIGKILL')
            await answer.catch(() => undefined)
            break
          }
          expect((await answer).status).toBe(200)
          confirmed.push(index)
        }
        if (round < rounds) continue
        // Ends the leases of the killed senders.
        await db.write((tx) =>
          tx.updateTable('outbox_mails').set({ next_at: 0 }).where('next_at', 'is not', null).execute(),
        )
        const waiting = () =>
          db.read.selectFrom('outbox_mails').where('next_at', 'is not', null).select('id').execute()
        await expect.poll(waiting, { timeout: 60_000 }).toEqual([])
      }
      const received = mailServer
        .mails()
        .map(({ envelope, messageId }) => ({ to: envelope.to[0], messageId }))
      const recipients = new Set(received.map(({ to }) => to))
      const lost = confirmed.map(addressOf).filter((address) => !recipients.has(address))
      const causes = new Set(asked.map(addressOf))
      const withoutCause = [...recipients].filter((address) => !causes.has(String(address)))
      expect({ lost, withoutCause }).toEqual({ lost: [], withoutCause: [] })
      // Each recipient got one mail, or the same one again.
      expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(recipients.size)
      const repeated = received.length - recipients.size
      expect(repeated).toBeLessThanOrEqual(rounds * mailsInProgress)
    },
    180_000 + rounds * 60_000,
  )
})
