import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, unknownId, unknownSecret } from '../support/actors.ts'
import { needsAdmin, needsAdminsProof, needsScope } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const invitations = {
  'invitations.create': {
    ...needsAdminsProof,
    ...needsScope,
    SIGNUP_CLOSED: async ({ app, call }) => {
      const caller = await newAdmin(app)
      await using closed = await testApp({
        databaseUrl: app.databaseUrl,
        clock: app.clock,
        settings: { signup: 'closed' },
      })
      return await call({}, caller, closed)
    },
  },
  'invitations.list': { ...needsAdmin, ...needsScope },
  'invitations.revoke': {
    ...needsAdminsProof,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
  },
  'invitations.inspect': {
    LINK_INVALID: ({ call }) => call({ secret: unknownSecret }),
  },
} satisfies ProvocationsOf<'invitations'>
