import { rateLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newBrowser } from '../identities/browser.ts'
import { gitHubServer, linkGitHubUser } from '../identities/github-server.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { addAuthenticator, authenticatorOf } from '../support/authenticator.ts'
import { secretIn } from '../support/new-factor-reset.ts'
import { noticesOf } from '../support/notices-of.ts'
import { failure } from '../support/raw-call.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

const login = { username: 'ada', password }
const dayMs = 24 * 3_600_000

/** Performs each action that sends a notice, one step each. */
function stepsOf(app: TestApp, root: Actor, ada: Actor) {
  const codes: string[] = []
  const requestReset = async () => {
    await root.api.auth.elevate.mutate({ password })
    return root.api.users.resetFactors.mutate({ id: ada.id })
  }
  return {
    'factor-added': async () => {
      const { recoveryCodes } = await addAuthenticator(app, ada)
      codes.push(...(recoveryCodes ?? []))
    },
    'recovery-code-used': () => ada.api.auth.elevate.mutate({ method: 'recovery', code: codes[0] ?? '' }),
    'recovery-codes-replaced': () => ada.api.recoveryCodes.regenerate.mutate(),
    'factor-reset-requested': requestReset,
    'factor-reset-cancelled': () => ada.api.account.cancelFactorReset.mutate(),
    'factor-removed': () => ada.api.totp.remove.mutate(),
    'factors-reset': async () => {
      await addAuthenticator(app, ada)
      const { link } = await requestReset()
      await app.services.db.write((tx) => tx.deleteFrom('outbox_mails').execute())
      app.clock.advance(dayMs)
      await ada.api.auth.login.mutate(login)
      await ada.api.auth.completeFactorReset.mutate({ secret: secretIn(link) })
    },
  }
}

test('factor notices: each change of a second factor is one mail to the owner', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const accountUrl = `${app.services.publicUrl()}/account`
  const own = { username: 'ada', accountUrl, origin: { ip: '127.0.0.1', userAgent: 'node' } }
  const expected = {
    'factor-added': { ...own, factor: 'totp', name: null },
    'recovery-code-used': { ...own, left: 9 },
    'recovery-codes-replaced': own,
    'factor-reset-requested': {
      ...own,
      origin: { ip: null, userAgent: null },
      by: 'admin',
      effectiveAt: app.clock.now() + 30_000 + dayMs,
    },
    'factor-reset-cancelled': own,
    'factor-removed': { ...own, factor: 'totp', name: null },
    'factors-reset': own,
  }
  const queued: Record<string, unknown> = {}
  for (const [mail, step] of Object.entries(stepsOf(app, root, ada)))
    queued[mail] = await noticesOf(app, step)
  expect(queued).toMatchObject(
    Object.fromEntries(
      Object.entries(expected).map(([mail, data]) => [mail, [{ userId: ada.id, mail, data }]]),
    ),
  )
})

test('factor notices: what fails or is only half done sends none', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  const queued = await noticesOf(app, async () => {
    const { secret } = await ada.api.totp.enroll.mutate()
    await failure(ada.api.totp.confirm.mutate({ code: authenticatorOf(app, secret).wrongCode() }))
    await failure(ada.api.totp.remove.mutate())
    await failure(ada.api.recoveryCodes.regenerate.mutate())
    await failure(root.api.users.resetFactors.mutate({ id: ada.id }))
    await ada.api.account.cancelFactorReset.mutate()
  })
  expect(queued).toEqual([])
})

test('factor notices: a right password in new browsers is a few mails an hour, in a known one none', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await addAuthenticator(app, ada)
  const inNewBrowser = () => noticesOf(app, () => app.newClient().auth.login.mutate(login))
  const mail = { mail: 'unfinished-login', data: { username: 'ada', by: 'password' }, isOptional: true }
  for (let turn = 0; turn < rateLimits.unfinishedLoginMailsPerAccount.points; turn += 1)
    expect(await inNewBrowser()).toMatchObject([mail])
  expect(await inNewBrowser()).toEqual([])
  expect(await noticesOf(app, () => ada.api.auth.login.mutate(login))).toEqual([])
})

test('factor notices: an outside identity in a new browser is a mail too, while a second factor is missing', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const ada = await signUp(app, 'ada')
  await linkGitHubUser(app, { userId: ada.id, github })
  await addAuthenticator(app, ada)
  const queued = await noticesOf(app, () => newBrowser(app).open('/auth/github/start'))
  expect(queued).toMatchObject([{ mail: 'unfinished-login', data: { username: 'ada', by: 'identity' } }])
})

test('factor notices: where no mail is sent, none is queued', async () => {
  await using app = await testApp()
  app.services.mailMode = 'none'
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  for (const step of Object.values(stepsOf(app, root, ada))) await step()
  expect(await app.services.db.read.selectFrom('outbox_mails').selectAll().execute()).toEqual([])
})
