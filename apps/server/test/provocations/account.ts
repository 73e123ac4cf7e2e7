import { newAdmin, newUser, password } from '../support/actors.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { callWithoutPasswords, needsAddedFactor, needsProof, needsScope, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const account = {
  'account.me': { ...needsSession, ...needsScope },
  'account.updateProfile': { ...needsSession, ...needsScope },
  'account.changePassword': {
    ...needsAddedFactor,
    PASSWORD_LOGIN_OFF: async (scene) =>
      callWithoutPasswords(
        scene,
        { currentPassword: password, newPassword: 'a better battery' },
        await newUser(scene.app),
      ),
    INVALID_CREDENTIALS: async ({ app, call }) =>
      call({ currentPassword: 'wrong', newPassword: 'a better battery' }, await newUser(app)),
    PASSWORD_REJECTED: async ({ app, call }) =>
      call({ currentPassword: password, newPassword: 'password1' }, await newUser(app)),
    BUSY: async ({ app, call }) => {
      const caller = await newUser(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ currentPassword: password, newPassword: 'a better battery' }, caller)
    },
  },
  'account.security': needsSession,
  'account.activity': needsSession,
  'account.export': needsProof,
  'account.cancelFactorReset': needsProof,
  'account.close': {
    ...needsProof,
    LAST_ADMIN: async ({ app, call }) => call({}, await newAdmin(app)),
  },
} satisfies ProvocationsOf<'account'>
