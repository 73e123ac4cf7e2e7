import { signupInput } from '@app/contract/testing'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password, unknownCode, unknownSecret } from '../support/actors.ts'
import { unknownAssertion } from '../support/cookie-passkeys.ts'
import { exampleProvider, giveIdentity, pendingSignupCookie } from '../support/identities.ts'
import { newFactorReset } from '../support/new-factor-reset.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'
import { callAtAnIpAddress, callWithoutPasswords, needsAddedFactor } from './guards.ts'
import type { ProvocationsOf, Scene } from './provocation.ts'

/** Finishes a sign-up whose identity was proved in the browser of the caller. */
async function signUpByIdentity(
  { app, call }: Scene<'auth.identitySignup'>,
  input: { username?: string; invitation?: string },
  { subject = 'unknown', signup = 'open' }: { subject?: string; signup?: 'open' | 'invite' | 'closed' } = {},
): Promise<RawAnswer> {
  const caller = { ...(await newUser(app)), cookie: pendingSignupCookie(app, subject) }
  await using server = await testApp({
    databaseUrl: app.databaseUrl,
    clock: app.clock,
    settings: { signup, providers: [exampleProvider] },
  })
  return await call(input, caller, server)
}

export const auth = {
  'auth.signup': {
    PASSWORD_LOGIN_OFF: (scene) => callWithoutPasswords(scene, signupInput({ password })),
    USERNAME_TAKEN: async ({ app, call }) =>
      call(signupInput({ username: (await newUser(app)).username, password })),
    PASSWORD_REJECTED: ({ call }) => call(signupInput({ password: 'password1' })),
    SIGNUP_CLOSED: async ({ app, call }) => {
      await using closed = await testApp({ databaseUrl: app.databaseUrl, settings: { signup: 'closed' } })
      return await call(signupInput({ password }), undefined, closed)
    },
    INVITATION_REQUIRED: async ({ app, call }) => {
      await using invited = await testApp({ databaseUrl: app.databaseUrl, settings: { signup: 'invite' } })
      return await call(signupInput({ password }), undefined, invited)
    },
    LINK_INVALID: ({ call }) => call(signupInput({ password, invitation: unknownSecret })),
    BUSY: async ({ app, call }) => {
      using _hashing = await occupyHashSlot(app)
      return await call(signupInput({ password }))
    },
  },
  'auth.identitySignup': {
    LOGIN_EXPIRED: ({ call }) => call({ username: newUsername() }),
    USERNAME_TAKEN: async (scene) => {
      const { username } = await newUser(scene.app)
      return signUpByIdentity(scene, { username })
    },
    IDENTITY_TAKEN: async (scene) => {
      const { id } = await newUser(scene.app)
      await giveIdentity(scene.app, id, id)
      return signUpByIdentity(scene, { username: newUsername() }, { subject: id })
    },
    SIGNUP_CLOSED: (scene) => signUpByIdentity(scene, {}, { signup: 'closed' }),
    INVITATION_REQUIRED: (scene) => signUpByIdentity(scene, {}, { signup: 'invite' }),
    LINK_INVALID: (scene) => signUpByIdentity(scene, { username: newUsername(), invitation: unknownSecret }),
  },
  'auth.login': {
    PASSWORD_LOGIN_OFF: (scene) => callWithoutPasswords(scene, { username: 'ada', password }),
    INVALID_CREDENTIALS: async ({ app, call }) =>
      call({ username: (await newUser(app)).username, password: 'wrong' }),
    BUSY: async ({ app, call }) => {
      const { username } = await newUser(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ username, password })
    },
  },
  'auth.secondFactor': {
    COOKIE_MISSING: ({ call }) => call({ method: 'recovery', code: unknownCode }),
    LOGIN_EXPIRED: async ({ app, call }) =>
      call({ method: 'recovery', code: unknownCode }, await newUser(app)),
    CODE_INVALID: async ({ app, call }) => {
      const user = await newUser(app)
      await giveSecondFactor(app, user.id)
      const cookie = await startLogin(app, { username: user.username, password })
      return call({ method: 'recovery', code: unknownCode }, { ...user, cookie })
    },
    PASSKEY_INVALID: async ({ app, call }) => {
      const user = await newUser(app)
      await giveSecondFactor(app, user.id)
      const cookie = await startLogin(app, { username: user.username, password })
      return call({ method: 'passkey', response: unknownAssertion(app) }, { ...user, cookie })
    },
  },
  'auth.inspectFactorReset': { LINK_INVALID: ({ call }) => call({ secret: unknownSecret }) },
  'auth.completeFactorReset': {
    COOKIE_MISSING: ({ call }) => call({ secret: unknownSecret }),
    LOGIN_EXPIRED: async ({ app, call }) => call({ secret: unknownSecret }, await newUser(app)),
    LINK_INVALID: async ({ app, call }) => {
      const { pending } = await newFactorReset(app)
      return call({ secret: unknownSecret }, { ...(await newUser(app)), cookie: pending })
    },
    LINK_TOO_EARLY: async ({ app, call }) => {
      const { secret, pending } = await newFactorReset(app, { isDue: false })
      return call({ secret }, { ...(await newUser(app)), cookie: pending })
    },
  },
  'auth.passkeyOptions': {
    PASSKEYS_UNAVAILABLE: (scene) => callAtAnIpAddress(scene, {}),
    COOKIE_MISSING: ({ call }) => call({ purpose: 'second-factor' }),
    LOGIN_EXPIRED: async ({ app, call }) => call({ purpose: 'second-factor' }, await newUser(app)),
    UNAUTHENTICATED: ({ call }) => call({ purpose: 'elevation' }),
  },
  'auth.passkeyLogin': {
    PASSKEYS_UNAVAILABLE: (scene) => callAtAnIpAddress(scene, { response: unknownAssertion(scene.app) }),
    COOKIE_MISSING: ({ app, call }) => call({ response: unknownAssertion(app) }),
    PASSKEY_INVALID: async ({ app, call }) => call({ response: unknownAssertion(app) }, await newUser(app)),
  },
  'auth.logout': {},
  'auth.session': {},
  'auth.options': {},
  'auth.elevate': {
    ...needsAddedFactor,
    PASSWORD_LOGIN_OFF: async (scene) => callWithoutPasswords(scene, { password }, await newUser(scene.app)),
    INVALID_CREDENTIALS: async ({ app, call }) => call({ password: 'wrong' }, await newUser(app)),
    CODE_INVALID: async ({ app, call }) =>
      call({ method: 'recovery', code: unknownCode }, await newUser(app)),
    PASSKEY_INVALID: async ({ app, call }) =>
      call({ method: 'passkey', response: unknownAssertion(app) }, await newUser(app)),
    BUSY: async ({ app, call }) => {
      const caller = await newUser(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ password }, caller)
    },
  },
} satisfies ProvocationsOf<'auth'>
