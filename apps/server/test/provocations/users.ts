import { newAdmin, unknownId } from '../support/actors.ts'
import { needsAdmin, needsAdminsProof, needsScope, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const users = {
  'users.list': { ...needsSession, ...needsScope },
  'users.tokens': needsAdmin,
  'users.revokeToken': {
    ...needsAdminsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
  },
  'users.setRole': {
    ...needsAdminsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId, role: 'user' }, await newAdmin(app)),
    LAST_ADMIN: async ({ app, call }) => {
      const caller = await newAdmin(app)
      return call({ id: caller.id, role: 'user' }, caller)
    },
    LAST_WAY_IN: async ({ app, call }) => {
      const [caller, other] = [await newAdmin(app), await newAdmin(app)]
      const { settings } = app.services
      settings.passwordLogin = 'admins'
      try {
        return await call({ id: other.id, role: 'user' }, caller)
      } finally {
        settings.passwordLogin = 'on'
      }
    },
  },
  'users.setDisabled': {
    ...needsAdminsProof,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId, disabled: true }, await newAdmin(app)),
    LAST_ADMIN: async ({ app, call }) => {
      const caller = await newAdmin(app)
      return call({ id: caller.id, disabled: true }, caller)
    },
  },
  'users.revokeSessions': {
    ...needsAdminsProof,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
  },
  'users.resetFactors': {
    ...needsAdminsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
  },
  'users.remove': {
    ...needsAdminsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newAdmin(app)),
    LAST_ADMIN: async ({ app, call }) => {
      const caller = await newAdmin(app)
      return call({ id: caller.id }, caller)
    },
  },
} satisfies ProvocationsOf<'users'>
