import { tokenLimits } from '@app/contract'
import { newUser, unknownId } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const tokens = {
  'tokens.create': {
    ...needsProof,
    FORBIDDEN: async ({ app, call }) => call({ name: 'Audit', scopes: ['audit:read'] }, await newUser(app)),
    TOO_MANY_TOKENS: async ({ app, call }) => {
      const caller = await newUser(app)
      for (let count = 0; count < tokenLimits.perAccount; count += 1) {
        await giveToken(app, caller.id, { scopes: [] })
      }
      return call({ name: 'One too many', scopes: ['account:read'] }, caller)
    },
  },
  'tokens.list': needsSession,
  'tokens.revoke': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
  },
} satisfies ProvocationsOf<'tokens'>
