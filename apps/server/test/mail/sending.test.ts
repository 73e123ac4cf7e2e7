import { describeOnEach, openMailServer } from '@app/router/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

describeOnEach('mail', (databaseKind) => {
  test('mail: a sender without mails writes nothing', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    const { db } = app.services
    const [write, read] = [vi.spyOn(db, 'write'), vi.spyOn(db.read, 'selectFrom')]
    app.mailTicker.tick()
    // One looks for mails that are due, one for any.
    await expect.poll(() => read.mock.calls.length).toBe(2)
    await app.close()
    expect(write).not.toHaveBeenCalled()
  })

  test('mail: a request of a link is answered first, then mailed, and nothing of it is kept', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    await app.api.recovery.request.mutate({ identifier: 'ada@example.org' })
    const mail = await mailServer.nextMail()
    expect(mail.envelope).toEqual({ from: 'accounts@example.org', to: ['ada@example.org'] })
    const [link = ''] = mail.links
    const secret = link.split('#')[1] ?? ''
    expect((await app.api.recovery.inspect.mutate({ secret })).username).toBe('ada')
    await expect
      .poll(() => app.services.db.read.selectFrom('outbox_mails').selectAll().execute())
      .toEqual([
        {
          id: mail.messageId.slice(1).split('@')[0],
          kind: 'recovery',
          composed: 1,
          user_id: ada.id,
          recipient: null,
          recipient_hmac: expect.stringMatching(/^[\w-]{43}$/),
          sealed: null,
          created_at: app.clock.now(),
          useless_at: app.clock.now() + 30 * 60_000,
          attempts: 1,
          next_at: null,
          claim: null,
          sent_at: app.clock.now(),
          failed_at: null,
          problem: null,
        },
      ])
  })
})
