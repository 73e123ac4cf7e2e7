import { testApp } from '../../src/testing/test-app.ts'
import { newUser, unknownSecret } from '../support/actors.ts'
import { needsProof, needsSession } from './guards.ts'
import type { ProvocationsOf, Scene } from './provocation.ts'

/** A server that other machines reach, without SMTP, sends no mail. */
async function withoutMail<P extends 'email.requestVerification' | 'email.change'>({
  app,
  call,
  validInput,
}: Scene<P>) {
  const caller = await newUser(app)
  await using silent = await testApp({
    databaseUrl: app.databaseUrl,
    clock: app.clock,
    host: { trustProxy: 1 },
  })
  return await call(await validInput(caller), caller, silent)
}

export const email = {
  'email.requestVerification': {
    ...needsSession,
    NOT_FOUND: async ({ app, call }) => call({}, await newUser(app)),
    MAIL_UNAVAILABLE: withoutMail,
  },
  'email.verify': {
    LINK_INVALID: ({ call }) => call({ secret: unknownSecret }),
  },
  'email.change': { ...needsProof, MAIL_UNAVAILABLE: withoutMail },
  'email.remove': needsProof,
} satisfies ProvocationsOf<'email'>
