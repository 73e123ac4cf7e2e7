import { newUser } from '../support/actors.ts'
import { enrollInDatabase } from '../support/authenticator.ts'
import { enrolledUser } from '../support/enrolled-user.ts'
import { givePasskey } from '../support/give-passkey.ts'
import { raiseSessions } from '../support/second-factor.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const totp = {
  'totp.enroll': {
    ...needsProof,
    FACTOR_EXISTS: async ({ app, call }) => call({}, await enrolledUser(app)),
  },
  'totp.confirm': {
    ...needsSession,
    NOT_FOUND: async ({ app, call }) => call({ code: '123456' }, await newUser(app)),
    CODE_INVALID: async ({ app, call }) => {
      const caller = await newUser(app)
      const { wrongCode } = await enrollInDatabase(app, caller)
      return call({ code: wrongCode() }, caller)
    },
    FACTOR_EXISTS: async ({ app, call }) => {
      const caller = await newUser(app)
      const { code } = await enrollInDatabase(app, caller)
      await raiseSessions(app, caller.id)
      return call({ code: code() }, caller)
    },
    REAUTH_REQUIRED: async ({ app, call }) => {
      const caller = await newUser(app)
      const { code } = await enrollInDatabase(app, caller)
      await givePasskey(app, caller.id, { raises: false })
      return call({ code: code() }, caller)
    },
  },
  'totp.remove': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({}, await newUser(app)),
  },
} satisfies ProvocationsOf<'totp'>
