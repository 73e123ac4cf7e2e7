import { newUser, unknownId } from '../support/actors.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const sessions = {
  'sessions.list': needsSession,
  'sessions.revoke': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
  },
  'sessions.revokeOthers': needsProof,
  'sessions.events': needsSession,
} satisfies ProvocationsOf<'sessions'>
