import type { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { addressKey, networkOf } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, newUsername, password, unknownSecret } from '../support/actors.ts'
import { askForPasskey, keepCookies, registerPasskey } from '../support/cookie-passkeys.ts'
import { exampleProvider, offerProvider } from '../support/identities.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'

/** Limits that protect a process, which each process counts alone. */
export type OwnLimit =
  | 'mutationsPerAccount'
  | 'queriesPerAccount'
  | 'readBytesPerAccount'
  | 'reserveCallsPerSession'
  | 'reserveCallsPerAccount'
  | 'mutationsPerToken'
  | 'queriesPerToken'
  | 'tokenFailuresPerAddress'
  | 'anonymousCallsPerAddress'

export type SharedLimit = Exclude<keyof typeof rateLimits, OwnLimit>

export interface Spender {
  /** What is counted. */
  key: string
  /** Makes a call that counts. @returns whether the limit allowed it */
  spend(app: TestApp): Promise<boolean>
}

const address = addressKey('127.0.0.1')
const network = networkOf(address)

const logInAsNoUser = (app: TestApp) =>
  isAllowed(post(app.url, 'auth.login', { username: newUsername(), password }))
const signUp = (app: TestApp) =>
  isAllowed(post(app.url, 'auth.signup', signupInput({ username: newUsername(), password })))
const logInByNoPasskey = (app: TestApp) => isAllowed(post(app.url, 'auth.passkeyLogin', {}))
const requestRecovery = (app: TestApp) => isAllowed(post(app.url, 'recovery.request', { identifier: 'ada' }))
const openLink = (app: TestApp) => isAllowed(post(app.url, 'recovery.inspect', { secret: unknownSecret }))

/** Makes the calls of a limit. A shared limit without a line here does not compile. */
export const spenders: Record<SharedLimit, (apps: readonly [TestApp, TestApp]) => Promise<Spender>> = {
  loginFailuresPerAddress: async () => ({ key: address, spend: logInAsNoUser }),
  hashesPerCaller: async ([app]) => {
    const { id, username } = await newUser(app)
    const { key } = app.services.throttleKeys.account(id)
    return { key, spend: ({ url }) => isAllowed(post(url, 'auth.login', { username, password })) }
  },
  hashesPerAddress: async () => ({ key: address, spend: logInAsNoUser }),
  hashesPerNetwork: async () => ({ key: network, spend: logInAsNoUser }),
  passkeyLoginsPerAddress: async () => ({ key: address, spend: logInByNoPasskey }),
  passkeyLoginsPerNetwork: async () => ({ key: network, spend: logInByNoPasskey }),
  passkeyFailuresPerAddress: async ([first]) => {
    const { authenticator } = await registerPasskey(first, await newUser(first))
    const logIn = async (app: TestApp) => {
      const browser = { cookie: '' }
      const options = await askForPasskey(app, browser, 'login')
      const response = authenticator.get(options, { hasBogusSignature: true })
      const answer = await post(app.url, 'auth.passkeyLogin', { response }, browser.cookie)
      if (reasonIn(answer) !== 'PASSKEY_INVALID') throw new Error(answer.text)
    }
    return {
      key: address,
      spend: (app) =>
        adds(
          () => failedLogins(app),
          () => logIn(app),
        ),
    }
  },
  signupsPerAddress: async () => ({ key: address, spend: signUp }),
  signupsPerNetwork: async () => ({ key: network, spend: signUp }),
  mailRequestsPerAddress: async () => ({ key: address, spend: requestRecovery }),
  mailRequestsPerNetwork: async () => ({ key: network, spend: requestRecovery }),
  mailRequestsPerAccount: async ([app]) => {
    const { id, cookie } = await newUser(app)
    const email = 'ada@example.org'
    return { key: id, spend: ({ url }) => isAllowed(post(url, 'email.change', { email }, cookie)) }
  },
  unfinishedLoginMailsPerAccount: async ([first]) => {
    const { id, username } = await newUser(first)
    await giveSecondFactor(first, id)
    const mails = async (app: TestApp) => (await queuedMails(app)).length
    const logIn = ({ url }: TestApp) => isAllowed(post(url, 'auth.login', { username, password }))
    return {
      key: id,
      spend: (app) =>
        adds(
          () => mails(app),
          () => logIn(app),
        ),
    }
  },
  linksPerAddress: async () => ({ key: address, spend: openLink }),
  identityAttemptsPerAddress: async (apps) => ({ key: address, spend: await linking(apps) }),
  identityAttemptsPerNetwork: async (apps) => ({ key: network, spend: await linking(apps) }),
  invitationsPerUser: async ([app]) => {
    const { id, cookie } = await newAdmin(app)
    return { key: id, spend: ({ url }) => isAllowed(post(url, 'invitations.create', {}, cookie)) }
  },
  passwordLoginsPerAccount: async ([app]) => logInAsUser(app),
  passwordLoginsWithoutDevicePerAccount: async ([app]) => logInAsUser(app),
  passwordlessLoginsPerAccount: async ([first, second]) => {
    const user = await newUser(first)
    // One for each, because a passkey is bound to the origin.
    const own = (await registerPasskey(first, user)).authenticator
    const other = (await registerPasskey(second, user)).authenticator
    const spend = async (app: TestApp) => {
      const browser = { cookie: '' }
      const options = await askForPasskey(app, browser, 'login')
      const response = (app === first ? own : other).get(options)
      return isAllowed(post(app.url, 'auth.passkeyLogin', { response }, browser.cookie))
    }
    return { key: user.id, spend }
  },
  confirmationsPerSession: async ([first]) => {
    const browser = await newUser(first)
    const claims = first.services.sessionTokens.verify(browser.cookie.slice('session='.length))
    const spend = async (app: TestApp) => {
      const answer = await post(app.url, 'auth.elevate', { password }, browser.cookie)
      keepCookies(browser, answer)
      return isAllowed(Promise.resolve(answer))
    }
    return { key: claims?.sessionId ?? '', spend }
  },
  auditedCallsPerUser: async ([app]) => {
    const { id, cookie } = await newUser(app)
    const input = { name: 'Backup', scopes: ['account:read'] }
    const spend = ({ url }: TestApp) => isAllowed(post(url, 'tokens.create', input, cookie))
    return { key: `${id} tokens.create`, spend }
  },
  adminActionsPerUser: async ([app]) => {
    const { id, cookie } = await newAdmin(app)
    const input = { id: (await newUser(app)).id }
    const spend = ({ url }: TestApp) => isAllowed(post(url, 'recovery.issueLink', input, cookie))
    return { key: `${id} recovery.issueLink`, spend }
  },
  exportsPerUser: async ([app]) => {
    const { id, cookie } = await newUser(app)
    return { key: id, spend: ({ url }) => isAllowed(get(url, 'account.export', cookie)) }
  },
}

async function logInAsUser(app: TestApp): Promise<Spender> {
  const { id, username } = await newUser(app)
  return { key: id, spend: ({ url }) => isAllowed(post(url, 'auth.login', { username, password })) }
}

async function linking(apps: readonly [TestApp, TestApp]): Promise<Spender['spend']> {
  const { cookie } = await newUser(apps[0])
  for (const app of apps) offerProvider(app)
  const { name: provider } = exampleProvider
  return ({ url }) => isAllowed(post(url, 'identities.link', { provider }, cookie))
}

/** What a call answers that has passed the limit. */
const passed = [undefined, 'INVALID_CREDENTIALS', 'INVALID_INPUT', 'LINK_INVALID', 'UNAUTHENTICATED']

/** @throws Error when another limit, or a fault, decided */
export async function isAllowed(call: Promise<RawAnswer>): Promise<boolean> {
  const reason = reasonIn(await call)
  if (reason === 'RATE_LIMITED') return false
  if (!passed.includes(reason)) throw new Error(`The call failed: ${reason}`)
  return true
}

/** For limits of what a call writes. @returns whether it has written */
async function adds(count: () => Promise<number>, call: () => Promise<unknown>): Promise<boolean> {
  const before = await count()
  await call()
  return (await count()) > before
}

async function failedLogins({ services }: TestApp): Promise<number> {
  const rows = services.db.read.selectFrom('audit_events').where('event', '=', 'login-failed').select('id')
  return (await rows.execute()).length
}
