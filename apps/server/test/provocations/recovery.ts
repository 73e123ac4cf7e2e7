import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, unknownId, unknownSecret } from '../support/actors.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { callWithoutPasswords, needsAdminsProof } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

const newPassword = 'a better battery'

export const recovery = {
  'recovery.request': {
    PASSWORD_LOGIN_OFF: (scene) => callWithoutPasswords(scene, { identifier: 'ada' }),
    MAIL_UNAVAILABLE: async ({ app, call }) => {
      await using silent = await testApp({
        databaseUrl: app.databaseUrl,
        clock: app.clock,
        host: { trustProxy: 1 },
      })
      return await call({ identifier: 'ada' }, undefined, silent)
    },
  },
  'recovery.inspect': {
    LINK_INVALID: ({ call }) => call({ secret: unknownSecret }),
  },
  'recovery.reset': {
    PASSWORD_LOGIN_OFF: async (scene) =>
      callWithoutPasswords(scene, { secret: await newRecoverySecret(scene.app), newPassword }),
    LINK_INVALID: ({ call }) => call({ secret: unknownSecret, newPassword }),
    PASSWORD_REJECTED: async ({ app, call }) =>
      call({ secret: await newRecoverySecret(app), newPassword: 'password1' }),
    BUSY: async ({ app, call }) => {
      const secret = await newRecoverySecret(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ secret, newPassword })
    },
  },
  'recovery.issueLink': {
    ...needsAdminsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
  },
} satisfies ProvocationsOf<'recovery'>
