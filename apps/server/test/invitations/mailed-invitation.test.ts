import { signupInput } from '@app/contract/testing'
import { describeOnEach, openMailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'

describeOnEach('a mailed invitation', (databaseKind) => {
  test('reaches the invited address, which is verified by the sign-up', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({
      databaseKind,
      settings: { ...mailSettings(mailServer), signup: 'invite' },
    })
    const root = await addAdmin(app, 'root')
    const created = await root.api.invitations.create.mutate({ email: 'ada@example.org' })
    expect(created.link).toBeNull()
    const mail = await mailServer.nextMail()
    expect(mail).toMatchObject({
      envelope: { to: ['ada@example.org'] },
      subject: expect.stringContaining('Invitation'),
    })
    const invitation = mail.links[0]?.split('#')[1] ?? ''
    const input = signupInput({ username: 'ada', password, invitation })
    const { user } = await app.newClient().auth.signup.mutate(input)
    expect(user).toMatchObject({ email: 'ada@example.org', emailVerified: true })
  })

  test('is not sent if an admin revokes it before', async () => {
    // It sends no mail.
    await using first = await testApp({ databaseKind })
    const { databaseUrl, clock } = first
    const root = await addAdmin(first, 'root')
    const { invitation } = await root.api.invitations.create.mutate({ email: 'ada@example.org' })
    await root.api.invitations.revoke.mutate({ id: invitation.id })
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseUrl, clock, settings: mailSettings(mailServer) })
    app.mailTicker.tick()
    const queued = () => app.services.db.read.selectFrom('outbox_mails').select('id').execute()
    await expect.poll(queued).toEqual([])
    expect(mailServer.mails()).toEqual([])
  })
})
