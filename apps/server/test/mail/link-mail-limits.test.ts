import { randomBytes } from 'node:crypto'
import { linkMailLimits } from '@app/contract'
import { describeOnEach, openMailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { failure } from '../support/raw-call.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

/** Requests a recovery link, and waits until the sender has decided about it. */
async function request(app: TestApp, identifier: string): Promise<void> {
  await app.api.recovery.request.mutate({ identifier })
  await expect
    .poll(() =>
      app.services.db.read.selectFrom('outbox_mails').where('next_at', 'is not', null).select('id').execute(),
    )
    .toEqual([])
}

async function addAccount(app: TestApp, username: string) {
  const user = await signUp(app, username)
  await verifyAddress(app, user.id, `${username}@example.org`)
  return user
}

/** Inserts mails that were sent, as if many had been requested. */
async function insertSent(app: TestApp, count: number, more: { user_id: string } | object) {
  const now = app.clock.now()
  const hex = now.toString(16).padStart(12, '0')
  const rows = Array.from({ length: count }, () => ({
    id: `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${randomBytes(6).toString('hex')}`,
    kind: 'recovery',
    composed: 1,
    created_at: now,
    useless_at: now,
    attempts: 1,
    sent_at: now,
    ...more,
  }))
  await app.services.db.write(async (tx) => {
    for (let from = 0; from < rows.length; from += 1_000) {
      await tx
        .insertInto('outbox_mails')
        .values(rows.slice(from, from + 1_000))
        .execute()
    }
  })
}

describeOnEach('limits of mails with links', (databaseKind) => {
  test('to one address the pauses grow, and the last link stays valid meanwhile', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    await addAccount(app, 'ada')
    await request(app, 'ada')
    for (const pauseMs of linkMailLimits.pausesMs) {
      const sent = mailServer.mails().length
      const secret = mailServer.mails().at(-1)?.links[0]?.split('#')[1] ?? ''
      app.clock.advance(pauseMs - 1_000)
      await request(app, 'ada@example.org')
      expect(mailServer.mails()).toHaveLength(sent)
      expect(await failure(app.api.recovery.inspect.mutate({ secret }))).toBeUndefined()
      app.clock.advance(1_000)
      await request(app, 'ada')
      expect(mailServer.mails()).toHaveLength(sent + 1)
      expect(await failure(app.api.recovery.inspect.mutate({ secret }))).toEqual({ reason: 'LINK_INVALID' })
    }
    app.clock.advance(24 * 3_600_000)
    await request(app, 'ada')
    expect(mailServer.mails()).toHaveLength(linkMailLimits.pausesMs.length + 2)
  })

  test('the pauses of one address do not delay mails to another', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    await addAccount(app, 'ada')
    await addAccount(app, 'bob')
    for (const name of ['ada', 'ada', 'bob', 'bob']) await request(app, name)
    const recipients = mailServer.mails().map(({ envelope }) => envelope.to)
    expect(recipients).toEqual([['ada@example.org'], ['bob@example.org']])
  })
})

test('limits of mails with links: one account causes 70 in a day, and others still get theirs', async () => {
  await using mailServer = await openMailServer()
  await using app = await testApp({ settings: mailSettings(mailServer) })
  const ada = await addAccount(app, 'ada')
  await addAccount(app, 'bob')
  await insertSent(app, linkMailLimits.perAccountAndDay - 1, { user_id: ada.id })
  await request(app, 'ada')
  app.clock.advance(2 * 60_000)
  await request(app, 'ada')
  expect(mailServer.mails()).toHaveLength(1)
  await request(app, 'bob')
  expect(mailServer.mails()).toHaveLength(2)
})

test('limits of mails with links: all accounts cause 10,000 in an hour, and a warning says so', async () => {
  await using mailServer = await openMailServer()
  await using app = await testApp({ settings: mailSettings(mailServer) })
  await addAccount(app, 'ada')
  await insertSent(app, linkMailLimits.perHour, {})
  await request(app, 'ada')
  expect(mailServer.mails()).toEqual([])
  expect(app.log.lines.some(({ msg }) => msg?.startsWith('the limit of mails an hour'))).toBe(true)
  app.clock.advance(3_600_001)
  await request(app, 'ada')
  expect(mailServer.mails()).toHaveLength(1)
})
