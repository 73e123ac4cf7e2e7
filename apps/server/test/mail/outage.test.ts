import { describeOnEach, drip, openMailServer, openScriptedServer } from '@app/router/testing'
import type { MailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

const minute = 60_000

/** Starts a server with a user who has a verified address. */
async function withAda(
  mailServer: MailServer,
  options: TestAppOptions,
): Promise<TestApp & { adaId: string }> {
  const app = await testApp({ ...options, settings: mailSettings(mailServer) })
  const { id } = await signUp(app, 'ada')
  await verifyAddress(app, id, 'ada@example.org')
  return { ...app, adaId: id }
}

function rows({ services }: TestApp) {
  return services.db.read.selectFrom('outbox_mails').selectAll().orderBy('id').execute()
}

async function ask(app: TestApp): Promise<void> {
  await app.api.recovery.request.mutate({ identifier: 'ada' })
}

function messages(app: TestApp): (string | undefined)[] {
  return app.log.lines.map(({ msg }) => msg).filter((msg) => msg?.includes('mail') === true)
}

describeOnEach('mail', (databaseKind) => {
  test('mail: waits longer after each failure, and is sent once the server accepts it', async () => {
    await using mailServer = await openMailServer()
    mailServer.rejectRecipients('451 4.3.0 Down')
    await using app = await withAda(mailServer, { databaseKind })
    await ask(app)
    const waits: number[] = []
    for (let attempts = 1; attempts <= 5; attempts += 1) {
      await expect.poll(async () => (await rows(app))[0]).toMatchObject({ attempts, claim: null })
      const [row] = await rows(app)
      const waitMs = Number(row?.next_at) - app.clock.now()
      waits.push(waitMs)
      app.clock.advance(waitMs - 1)
      app.mailTicker.tick()
      app.clock.advance(1)
      if (attempts === 5) mailServer.acceptRecipients()
      app.mailTicker.tick()
    }
    for (const [index, waitMs] of waits.entries()) {
      expect(waitMs).toBeGreaterThan(4_000 * 2 ** index)
      expect(waitMs).toBeLessThanOrEqual(5_000 * 2 ** index)
    }
    const mail = await mailServer.nextMail()
    await expect
      .poll(async () => (await rows(app))[0])
      .toMatchObject({ attempts: 6, next_at: null, sealed: null, recipient: null, problem: null })
    expect(mail.messageId).toContain((await rows(app))[0]?.id)
    await expect
      .poll(() => messages(app))
      .toEqual([
        'mail is not delivered: it waits and is tried again',
        'a mail was sent',
        'mail is delivered again',
      ])
    expect(app.log.text).not.toContain('ada@example.org')
  })

  test('mail: is not tried any more when its link has expired, and keeps only the problem', async () => {
    await using mailServer = await openMailServer()
    mailServer.rejectRecipients('451 4.3.0 Down')
    await using app = await withAda(mailServer, { databaseKind })
    await ask(app)
    await expect.poll(async () => (await rows(app))[0]).toMatchObject({ attempts: 1, claim: null })
    app.clock.advance(30 * minute)
    mailServer.acceptRecipients()
    app.mailTicker.tick()
    await expect
      .poll(async () => (await rows(app))[0])
      .toMatchObject({
        failed_at: app.clock.now(),
        sent_at: null,
        next_at: null,
        sealed: null,
        recipient: null,
        problem: expect.stringContaining('451'),
      })
    expect(mailServer.mails()).toEqual([])
  })

  test('mail: a recipient that is refused for good ends it, and an outage', async () => {
    await using mailServer = await openMailServer()
    mailServer.rejectRecipients('451 4.3.0 Down')
    await using app = await withAda(mailServer, { databaseKind })
    await ask(app)
    await expect.poll(async () => (await rows(app))[0]).toMatchObject({ attempts: 1, claim: null })
    mailServer.rejectRecipients('550 5.1.1 No such user')
    app.clock.advance(minute)
    app.mailTicker.tick()
    const given = { failed_at: app.clock.now(), attempts: 2, next_at: null, sealed: null, recipient: null }
    await expect.poll(async () => (await rows(app))[0]).toMatchObject(given)
    const outage = 'mail is not delivered: it waits and is tried again'
    await expect.poll(() => messages(app)).toEqual([outage, 'a mail was given up', 'mail is delivered again'])
  })

  test('mail: one that waits is sent soon after a clock that was ahead is set back', async () => {
    await using mailServer = await openMailServer()
    await using app = await withAda(mailServer, { databaseKind })
    const aheadMs = 30 * 24 * 60 * minute
    app.clock.advance(aheadMs)
    // The hourly work of the sender is done by the clock that is ahead.
    app.mailTicker.tick()
    mailServer.rejectRecipients('451 4.3.0 Down')
    await ask(app)
    await expect.poll(async () => (await rows(app))[0]).toMatchObject({ attempts: 1, claim: null })
    mailServer.acceptRecipients()
    app.clock.advance(-aheadMs)
    expect((await rows(app))[0]?.next_at).toBeGreaterThan(app.clock.now() + aheadMs)
    const sent = async () => {
      app.mailTicker.tick()
      return mailServer.mails().length
    }
    await expect.poll(sent).toBe(1)
    await expect.poll(async () => (await rows(app))[0]).toMatchObject({ next_at: null, problem: null })
  })

  test('mail: two servers on one database send each mail once', async () => {
    await using mailServer = await openMailServer()
    await using app = await withAda(mailServer, { databaseKind })
    const { databaseUrl, clock } = app
    await using other = await testApp({ databaseUrl, clock, settings: mailSettings(mailServer) })
    const { services } = app
    await services.db.write(async (tx) => {
      for (let index = 0; index < 40; index += 1) {
        const id = `01977e3c-0000-7000-8000-${String(index).padStart(12, '0')}`
        const address = `user-${index}@example.org`
        const request = { userId: app.adaId, address, mail: 'delivery-test', data: {} }
        const sealed = services.outbox.sealer.seal(JSON.stringify(request), [id])
        const now = clock.now()
        const times = { created_at: now, useless_at: now + minute, next_at: now }
        await tx
          .insertInto('outbox_mails')
          .values({ id, kind: 'notice', composed: 0, sealed, attempts: 0, ...times })
          .execute()
      }
    })
    app.mailTicker.tick()
    other.mailTicker.tick()
    const waiting = async () => (await rows(app)).filter((row) => row.next_at !== null).length
    await expect.poll(waiting).toBe(0)
    const recipients = mailServer.mails().map(({ envelope }) => envelope.to[0])
    expect(new Set(recipients).size).toBe(40)
    expect(recipients).toHaveLength(40)
    const sentBy = (server: TestApp) => messages(server).filter((msg) => msg === 'a mail was sent').length
    expect(sentBy(app) + sentBy(other)).toBe(40)
  })

  test('mail: the secret of a link is never readable in the database', async () => {
    await using mailServer = await openMailServer()
    mailServer.rejectRecipients('451 4.3.0 Down')
    await using app = await withAda(mailServer, { databaseKind })
    await ask(app)
    await expect.poll(async () => (await rows(app))[0]).toMatchObject({ composed: 1, claim: null })
    const [waiting] = await rows(app)
    const data = app.services.outbox.sealer.open(waiting?.sealed ?? '', [waiting?.id ?? '']) ?? ''
    const secret = /#([\w-]{43})/.exec(data)?.[1] ?? 'none'
    expect(secret).not.toBe('none')
    expect(JSON.stringify(await rows(app))).not.toContain(secret)
    expect(app.log.text).not.toContain(secret)
  })

  test('mail: one that cannot be opened with the secrets of the settings is given up', async () => {
    await using mailServer = await openMailServer()
    await using app = await withAda(mailServer, { databaseKind })
    const { databaseUrl, clock } = app
    await using silent = await testApp({ databaseUrl, clock })
    await ask(silent)
    await silent.services.db.write((tx) =>
      tx.updateTable('outbox_mails').set({ sealed: 'v1.AAAAAAAAAAA.AAAA' }).execute(),
    )
    app.mailTicker.tick()
    await expect
      .poll(async () => (await rows(app))[0])
      .toMatchObject({ next_at: null, problem: expect.stringContaining('AUTH_SECRETS') })
  })

  test('mail: requests of a kind that this release does not know wait', async () => {
    await using mailServer = await openMailServer()
    await using app = await withAda(mailServer, { databaseKind })
    const { databaseUrl, clock } = app
    await using silent = await testApp({ databaseUrl, clock })
    await ask(silent)
    await silent.services.db.write((tx) => tx.updateTable('outbox_mails').set({ kind: 'newer' }).execute())
    // Ids of one millisecond have no order.
    clock.advance(1)
    await ask(app)
    await mailServer.nextMail()
    await expect.poll(async () => (await rows(app))[1]?.next_at).toBe(null)
    expect((await rows(app))[0]).toMatchObject({ kind: 'newer', attempts: 0, failed_at: null })
  })
})

test('mail: a server that keeps silent delays neither a call nor the stop', async () => {
  await using mailServer = await openMailServer()
  await using app = await withAda(mailServer, {})
  mailServer.pause()
  await ask(app)
  await expect.poll(async () => (await rows(app))[0]).toMatchObject({ composed: 1 })
  const started = performance.now()
  await app.api.auth.session.query()
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  await app.close(0)
  expect(performance.now() - started).toBeLessThan(5_000)
  await using next = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
  expect((await rows(next))[0]).toMatchObject({ claim: null, next_at: app.clock.now(), sent_at: null })
})

test('mail: a server that drips its reply delays neither a call, nor other mails, nor the stop', async () => {
  let mails = 0
  await using mailServer = await openScriptedServer({
    end: (socket) => {
      mails += 1
      if (mails === 1) drip(socket)
      else socket.write('250 2.0.0 Ok\r\n')
    },
  })
  const { host, port } = mailServer.server
  const options = { settings: mailSettings({ url: `smtp://${host}:${port}` }) }
  await using app = await testApp(options)
  const users = [await signUp(app, 'ada'), await signUp(app, 'bob')]
  for (const { id } of users) await verifyAddress(app, id, `${id}@example.org`)
  await ask(app)
  await expect.poll(() => mails).toBe(1)
  // Longer than other servers leave the mail alone.
  app.clock.advance(3 * minute)
  const started = performance.now()
  await app.api.recovery.request.mutate({ identifier: 'bob' })
  await expect.poll(async () => (await rows(app))[1]?.sent_at).toBe(app.clock.now())
  expect(mails).toBe(2)
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  await app.close(0)
  expect(performance.now() - started).toBeLessThan(10_000)
  await using next = await testApp({ ...options, databaseUrl: app.databaseUrl, clock: app.clock })
  await expect.poll(async () => (await rows(next))[0]?.sent_at).toBe(app.clock.now())
  expect(mails).toBe(3)
})
