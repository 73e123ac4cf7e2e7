import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { logInByLink, requestReset } from '../support/new-factor-reset.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure } from '../support/raw-call.ts'
import { composeRecoveryMails, verifyAddress } from '../support/recovery-mails.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { composeVerificationMails, verificationSecret } from '../support/verification-mails.ts'

const [own, foreign] = ['ada@example.org', 'attacker@example.org']
const newPassword = 'a better battery'

interface World {
  app: TestApp
  root: Actor
  ada: Actor
}

/** How an account is taken back from an attacker who had a session of it. */
const ways: Record<string, (world: World) => Promise<unknown>> = {
  'a reset of the password': async ({ app }) =>
    app.api.recovery.reset.mutate({ secret: await newRecoverySecret(app, 'ada'), newPassword }),
  'a change of the password': ({ ada }) =>
    ada.api.account.changePassword.mutate({ currentPassword: password, newPassword }),
  'disabling and enabling': async ({ root, ada: { id } }) => {
    await root.api.users.setDisabled.mutate({ id, disabled: true })
    await root.api.users.setDisabled.mutate({ id, disabled: false })
  },
  'a factor reset': async ({ app, root, ada }) => {
    await giveSecondFactor(app, ada.id)
    const secret = await requestReset(root, ada.id)
    app.clock.advance(app.services.settings.factorResetDelayMs)
    expect((await logInByLink(app, secret, { username: 'ada', password })).failed).toBeUndefined()
  },
}

describeOnEach('the link of an address that an attacker entered', (databaseKind) => {
  test.each(Object.entries(ways))('ends with %s, also if its mail still waits', async (_, takeBack) => {
    // A minute, so that no link expires.
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: 60_000 } })
    const [root, ada] = [await addAdmin(app, 'root'), await signUp(app, 'ada')]
    await verifyAddress(app, ada.id, own)
    await ada.api.email.change.mutate({ email: foreign })
    const secret = await verificationSecret(app, foreign)
    await ada.api.email.requestVerification.mutate()

    await takeBack({ app, root, ada })
    expect(await failure(app.api.email.verify.mutate({ secret }))).toEqual({ reason: 'LINK_INVALID' })
    expect((await composeVerificationMails(app)).filter((mail) => mail !== null)).toEqual([])
    await app.api.recovery.request.mutate({ identifier: 'ada' })
    expect((await composeRecoveryMails(app)).map((mail) => mail?.to)).toEqual([own])
  })

  test('leaves the address, whose user gets a new link', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: own })
    await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
    expect(await ada.api.account.me.query()).toMatchObject({ email: own, pendingEmail: own })
    await ada.api.email.requestVerification.mutate()
    const secret = await verificationSecret(app, own)
    expect(await app.api.email.verify.mutate({ secret })).toEqual({ email: own })
  })
})
