import { newUser } from '../support/actors.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const recoveryCodes = {
  'recoveryCodes.status': needsSession,
  'recoveryCodes.regenerate': {
    ...needsProof,
    FACTOR_REQUIRED: async ({ app, call }) => call({}, await newUser(app)),
  },
} satisfies ProvocationsOf<'recoveryCodes'>
