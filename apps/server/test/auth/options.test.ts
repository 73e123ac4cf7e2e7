import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'

test('options: say without a log-in who may sign up, whether mail is sent, whom to ask, and where passkeys work', async () => {
  await using local = await testApp()
  expect(await local.api.auth.options.query()).toEqual({
    signup: 'open',
    mail: 'mailbox',
    contact: null,
    passwordLogin: 'on',
    passkeyOrigin: local.services.publicUrl(),
    providers: [],
  })
  await using exposed = await testApp({
    host: { trustProxy: 1 },
    settings: { signup: 'invite', supportContact: 'the IT desk', passwordLogin: 'admins' },
  })
  expect(await exposed.api.auth.options.query()).toEqual({
    signup: 'invite',
    mail: 'none',
    contact: 'the IT desk',
    passwordLogin: 'admins',
    passkeyOrigin: exposed.services.publicUrl(),
    providers: [],
  })
})
