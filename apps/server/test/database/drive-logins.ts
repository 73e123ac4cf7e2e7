import { signupInput } from '@app/contract/testing'
import { requestFactorReset } from '@app/router'
import type { StatementRecorder } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password } from '../support/actors.ts'
import { addAuthenticator, enrollInDatabase } from '../support/authenticator.ts'
import { giveToken } from '../support/give-token.ts'
import { exampleProvider } from '../support/identities.ts'
import { newFactorReset } from '../support/new-factor-reset.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { call } from '../support/procedures.ts'
import { post } from '../support/raw-call.ts'
import { raiseSessions, startLogin } from '../support/second-factor.ts'

/** Logs in in every way that the valid inputs of the procedures leave out, and fails to. */
export async function driveLogins(app: TestApp, record: StatementRecorder): Promise<void> {
  const { url } = app
  const sent = (path: Parameters<typeof call>[1], input: object, by?: Parameters<typeof call>[3]) =>
    record.during(() => call(url, path, input, by))

  const user = await newUser(app)
  const { username } = user
  await sent('auth.login', { username, password: 'a wrong password' })
  await sent('auth.login', { username: newUsername(), password })
  const browser = (await post(url, 'auth.login', { username, password })).cookies.join('; ')
  await sent('auth.login', { username, password: 'a wrong password' }, browser)
  await sent('auth.elevate', { password: 'a wrong password' }, browser)

  const token = await giveToken(app, user.id, { scopes: ['account:write'] })
  await sent('account.updateProfile', { name: 'By a program' }, token)

  const enrollment = await enrollInDatabase(app, user)
  await sent('totp.confirm', { code: enrollment.wrongCode() }, user.cookie)
  const authenticator = await addAuthenticator(app, user)
  for (const code of [authenticator.wrongCode(), authenticator.nextCode()]) {
    const pending = await startLogin(app, { username, password })
    await sent('auth.secondFactor', { method: 'otp', code }, pending)
  }

  const { secret } = await newInvitation(app)
  await sent('auth.signup', signupInput({ username: newUsername(), password, invitation: secret }))
  const reset = await newFactorReset(app)
  await sent('auth.completeFactorReset', { secret: reset.secret }, reset.pending)

  const owner = await newUser(app)
  await raiseSessions(app, owner.id)
  await requestFactorReset(app.services, owner.username)
  await sent('account.cancelFactorReset', {}, owner.cookie)

  // The next calls extend the session.
  const visitor = await newUser(app)
  app.clock.advance(30 * 60_000)
  await sent('account.me', {}, visitor.cookie)
  await sent('identities.link', { provider: exampleProvider.name }, visitor.cookie)
}
