import { rateLimits } from '@app/contract'
import { addressKey } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { giveToken, unknownToken } from '../support/give-token.ts'
import { get, post } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'
import { isAllowed } from './spenders.ts'
import type { OwnLimit, Spender } from './spenders.ts'

const address = addressKey('127.0.0.1')

const read = (caller?: Credentials) => (app: TestApp) => isAllowed(get(app.url, 'account.me', caller))
const write = (caller: Credentials) => (app: TestApp) =>
  isAllowed(post(app.url, 'account.updateProfile', { name: 'Ada' }, caller))

/** Makes the calls of a limit that a process counts alone. A limit without a line here does not compile. */
export const ownSpenders: Record<OwnLimit, (apps: readonly [TestApp, TestApp]) => Promise<Spender>> = {
  // By a token, because a session has a reserve.
  mutationsPerAccount: async ([app]) => {
    const { user, token } = await tokenOf(app)
    return { key: user, spend: write(token) }
  },
  queriesPerAccount: async ([app]) => {
    const { user, token } = await tokenOf(app)
    return { key: user, spend: read(token) }
  },
  readBytesPerAccount: async ([app]) => {
    const { user, token } = await tokenOf(app)
    return { key: user, spend: read(token) }
  },
  mutationsPerToken: async ([app]) => {
    const { token } = await tokenOf(app)
    return { key: token.id, spend: write(token) }
  },
  queriesPerToken: async ([app]) => {
    const { token } = await tokenOf(app)
    return { key: token.id, spend: read(token) }
  },
  reserveCallsPerSession: async ([app]) => {
    const { cookie } = await userWithoutAllowance(app)
    const claims = app.services.sessionTokens.verify(cookie.slice('session='.length))
    return { key: claims?.sessionId ?? '', spend: read(cookie) }
  },
  reserveCallsPerAccount: async ([app]) => {
    const { id, cookie } = await userWithoutAllowance(app)
    return { key: id, spend: read(cookie) }
  },
  tokenFailuresPerAddress: async () => ({ key: address, spend: read({ token: unknownToken }) }),
  anonymousCallsPerAddress: async () => ({ key: address, spend: read() }),
}

async function tokenOf(app: TestApp) {
  const { id: user } = await newUser(app)
  return { user, token: await giveToken(app, user, { scopes: ['account:write'] }) }
}

/** Returns a user whose session has nothing left but its reserve. */
async function userWithoutAllowance(app: TestApp) {
  const user = await newUser(app)
  const { points } = rateLimits.queriesPerAccount
  await app.services.rateLimits.consume('queriesPerAccount', user.id, points)
  return user
}
