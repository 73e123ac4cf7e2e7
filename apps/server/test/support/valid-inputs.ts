import { signupInput } from '@app/contract/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { noteInputs } from '../notes/valid-inputs.ts'
import { newUser, newUsername, password } from './actors.ts'
import type { CookieActor } from './actors.ts'
import { enrollInDatabase } from './authenticator.ts'
import { askForPasskey, keepCookies, newRegistration, registerPasskey } from './cookie-passkeys.ts'
import { givePasskey } from './give-passkey.ts'
import { giveToken } from './give-token.ts'
import { exampleProvider, giveIdentity, offerProvider, pendingSignupCookie } from './identities.ts'
import { newFactorReset } from './new-factor-reset.ts'
import { newInvitation } from './new-invitation.ts'
import { newRecoverySecret } from './new-recovery-secret.ts'
import type { Path } from './procedure-types.ts'
import { paths } from './procedures.ts'
import { giveSecondFactor, raiseToLevelTwo, startLogin } from './second-factor.ts'
import type { InputMakers, ValidInput, World } from './valid-input.ts'
import { verificationSecret } from './verification-mails.ts'

/** A procedure without a line here does not compile. */
const validInputs: InputMakers<Path> = {
  'auth.signup': () => signupInput({ username: newUsername(), password }),
  'auth.identitySignup': ({ app, caller }) => {
    keepCookies(caller, { cookies: [pendingSignupCookie(app, newUsername())] })
    return { username: newUsername() }
  },
  'auth.login': ({ caller }) => ({ username: caller.username, password }),
  'auth.secondFactor': async ({ app, caller }) => {
    const { id, username } = await newUser(app)
    const code = await giveSecondFactor(app, id)
    keepCookies(caller, { cookies: [await startLogin(app, { username, password })] })
    return { method: 'recovery', code }
  },
  'auth.inspectFactorReset': async ({ app }) => ({ secret: (await newFactorReset(app)).secret }),
  'auth.completeFactorReset': async ({ app, caller }) => {
    const { secret, pending } = await newFactorReset(app)
    keepCookies(caller, { cookies: [pending] })
    return { secret }
  },
  'auth.passkeyOptions': () => ({}),
  'auth.passkeyLogin': async ({ app, caller }) => {
    const { authenticator } = await registerPasskey(app, await newUser(app))
    return { response: authenticator.get(await askForPasskey(app, caller, 'login')) }
  },
  'auth.logout': () => ({}),
  'auth.session': () => ({}),
  'auth.options': () => ({}),
  'auth.elevate': () => ({ password }),
  'account.me': () => ({}),
  'account.updateProfile': () => ({ name: 'Another Name' }),
  'account.changePassword': () => ({ currentPassword: password, newPassword: 'a better battery' }),
  'account.security': () => ({}),
  'account.activity': () => ({ limit: 5 }),
  'account.export': () => ({}),
  'account.cancelFactorReset': () => ({}),
  'account.close': () => ({}),
  'email.requestVerification': async ({ caller }) => {
    await enterAddress(caller)
    return {}
  },
  'email.verify': async ({ app }) => {
    const address = await enterAddress(await newUser(app))
    return { secret: await verificationSecret(app, address) }
  },
  'email.change': () => ({ email: newAddress() }),
  'email.remove': async ({ caller }) => {
    await enterAddress(caller)
    return {}
  },
  'identities.list': () => ({}),
  'identities.pending': () => ({}),
  'identities.link': ({ app }) => {
    offerProvider(app)
    return { provider: exampleProvider.name }
  },
  'identities.unlink': async ({ app, owner }) => ({ id: await giveIdentity(app, owner.id) }),
  'sessions.list': () => ({}),
  'sessions.revoke': async ({ owner }) => ({ id: await sessionOf(owner) }),
  'sessions.revokeOthers': () => ({}),
  'sessions.events': () => ({}),
  'tokens.create': () => ({ name: 'Backup', scopes: ['account:read'] }),
  'tokens.list': () => ({}),
  'tokens.revoke': async ({ app, owner }) => ({ id: (await giveToken(app, owner.id, { scopes: [] })).id }),
  ...noteInputs,
  'passkeys.options': () => ({}),
  'passkeys.register': async ({ app, caller }) => ({ response: await newRegistration(app, caller) }),
  'passkeys.list': () => ({}),
  'passkeys.rename': async ({ app, owner }) => ({ id: await givePasskey(app, owner.id), name: 'Phone' }),
  'passkeys.remove': async ({ app, owner }) => ({ id: await givePasskey(app, owner.id) }),
  'recovery.request': ({ caller }) => ({ identifier: caller.username }),
  'recovery.inspect': async ({ app }) => ({ secret: await newRecoverySecret(app) }),
  'recovery.reset': async ({ app }) => ({
    secret: await newRecoverySecret(app),
    newPassword: 'a better battery',
  }),
  'recovery.issueLink': async ({ app }) => ({ id: (await newUser(app)).id }),
  'totp.enroll': () => ({}),
  'totp.confirm': async ({ app, owner }) => ({ code: (await enrollInDatabase(app, owner)).code() }),
  'totp.remove': async ({ app, caller }) => {
    await raiseToLevelTwo(app, caller.id)
    return {}
  },
  'recoveryCodes.status': () => ({}),
  'recoveryCodes.regenerate': async ({ app, caller }) => {
    await raiseToLevelTwo(app, caller.id)
    return {}
  },
  'users.list': () => ({ limit: 5 }),
  'users.setRole': async ({ app }) => ({ id: (await newUser(app)).id, role: 'admin' }),
  'users.setDisabled': async ({ app }) => ({ id: (await newUser(app)).id, disabled: true }),
  'users.revokeSessions': async ({ app }) => ({ id: (await newUser(app)).id }),
  'users.tokens': async ({ app }) => ({ id: (await newUser(app)).id }),
  'users.revokeToken': async ({ app }) => {
    const { id } = await newUser(app)
    return { id: (await giveToken(app, id, { scopes: [] })).id }
  },
  'users.resetFactors': async ({ app }) => {
    const { id } = await newUser(app)
    await giveSecondFactor(app, id)
    return { id }
  },
  'users.remove': async ({ app }) => ({ id: (await newUser(app)).id }),
  'invitations.create': () => ({}),
  'invitations.list': () => ({ limit: 5 }),
  'invitations.revoke': async ({ app }) => ({ id: (await newInvitation(app)).id }),
  'invitations.inspect': async ({ app }) => ({ secret: (await newInvitation(app)).secret }),
  'audit.list': () => ({ limit: 5 }),
}

/**
 * Makes a valid input for a procedure, so that the result depends on the caller only.
 */
export async function validInput<P extends Path>(path: P, world: World): Promise<ValidInput<P>> {
  return validInputs[path](world)
}

/** Makes an input for every procedure in advance, for a caller who soon cannot make them. */
export async function validInputsOf(app: TestApp, caller: CookieActor): Promise<[Path, object][]> {
  const inputs: [Path, object][] = []
  for (const path of paths) inputs.push([path, await validInput(path, { app, caller, owner: caller })])
  return inputs
}

function newAddress(): string {
  return `${newUsername()}@example.org`
}

async function enterAddress({ api }: CookieActor): Promise<string> {
  const email = newAddress()
  await api.email.change.mutate({ email })
  return email
}

export async function sessionOf({ api, username }: CookieActor): Promise<string> {
  const current = await api.auth.session.query()
  if (current === null) throw new Error(`${username} is not signed in.`)
  return current.session.id
}
