import { userLimits } from '@app/contract'
import { newUser, unknownId } from '../support/actors.ts'
import { newRegistration, registerPasskey } from '../support/cookie-passkeys.ts'
import { givePasskey } from '../support/give-passkey.ts'
import { newAuthenticator } from '../support/passkeys.ts'
import { callAtAnIpAddress, callWithoutPasswords, needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const passkeys = {
  'passkeys.options': {
    ...needsProof,
    PASSKEYS_UNAVAILABLE: (scene) => callAtAnIpAddress(scene, {}),
    FACTOR_LIMIT: async ({ app, call }) => {
      const caller = await newUser(app)
      for (let count = 0; count < userLimits.passkeys; count += 1) await givePasskey(app, caller.id)
      return call({}, caller)
    },
  },
  'passkeys.register': {
    ...needsProof,
    PASSKEYS_UNAVAILABLE: async (scene) => {
      const caller = await newUser(scene.app)
      return callAtAnIpAddress(scene, { response: await newRegistration(scene.app, caller) })
    },
    PASSKEY_INVALID: async ({ app, call }) => {
      const caller = await newUser(app)
      const response = await newRegistration(app, caller, { isUserVerified: false })
      return call({ response }, caller)
    },
    FACTOR_LIMIT: async ({ app, call }) => {
      const caller = await newUser(app)
      const response = await newRegistration(app, caller)
      for (let count = 0; count < userLimits.passkeys; count += 1) await givePasskey(app, caller.id)
      return call({ response }, caller)
    },
    FACTOR_EXISTS: async ({ app, call }) => {
      const caller = await newUser(app)
      const deviation = { credentialId: 'A'.repeat(43) }
      await registerPasskey(app, caller, newAuthenticator(app), deviation)
      return call({ response: await newRegistration(app, caller, deviation) }, caller)
    },
  },
  'passkeys.list': needsSession,
  'passkeys.rename': {
    ...needsSession,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId, name: 'A name' }, await newUser(app)),
  },
  'passkeys.remove': {
    ...needsProof,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
    LAST_WAY_IN: async (scene) => {
      const caller = await newUser(scene.app)
      return callWithoutPasswords(scene, { id: await givePasskey(scene.app, caller.id) }, caller)
    },
  },
} satisfies ProvocationsOf<'passkeys'>
