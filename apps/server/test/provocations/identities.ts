import { newUser, unknownId } from '../support/actors.ts'
import { giveIdentity } from '../support/identities.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const identities = {
  'identities.list': needsSession,
  'identities.pending': {},
  'identities.link': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({ provider: 'unknown' }, await newUser(app)),
  },
  'identities.unlink': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
    LAST_WAY_IN: async ({ app, call }) => {
      const caller = await newUser(app)
      const id = await giveIdentity(app, caller.id)
      await app.services.db.write((tx) =>
        tx.deleteFrom('password_credentials').where('user_id', '=', caller.id).execute(),
      )
      return call({ id }, caller)
    },
  },
} satisfies ProvocationsOf<'identities'>
