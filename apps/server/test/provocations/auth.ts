import { signupInput } from '@app/contract/testing'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { needsSession } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const auth = {
  'auth.signup': {
    USERNAME_TAKEN: async ({ app, call }) =>
      call(signupInput({ username: (await newUser(app)).username, password })),
    PASSWORD_REJECTED: ({ call }) => call(signupInput({ password: 'password1' })),
    SIGNUP_CLOSED: async ({ app, call }) => {
      await using closed = await testApp({ databaseUrl: app.databaseUrl, settings: { signup: 'closed' } })
      return await call(signupInput({ password }), undefined, closed)
    },
    BUSY: async ({ app, call }) => {
      using _hashing = await occupyHashSlot(app)
      return await call(signupInput({ password }))
    },
  },
  'auth.login': {
    INVALID_CREDENTIALS: async ({ app, call }) =>
      call({ username: (await newUser(app)).username, password: 'wrong' }),
    BUSY: async ({ app, call }) => {
      const { username } = await newUser(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ username, password })
    },
  },
  'auth.logout': {},
  'auth.session': {},
  'auth.elevate': {
    ...needsSession,
    INVALID_CREDENTIALS: async ({ app, call }) => call({ password: 'wrong' }, await newUser(app)),
    BUSY: async ({ app, call }) => {
      const caller = await newUser(app)
      using _hashing = await occupyHashSlot(app)
      return await call({ password }, caller)
    },
  },
} satisfies ProvocationsOf<'auth'>
