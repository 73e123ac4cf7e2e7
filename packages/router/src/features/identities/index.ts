export { countAttempt, startAttempt } from './attempt.ts'
export { createAttemptCookie, type Attempt } from './attempt-cookie.ts'
export { exportIdentities } from './export.ts'
export { readPendingSignup } from './pending-signup.ts'
export type { OutsideAccount } from './provider/provider.ts'
export { createProviders, type Provider } from './provider/providers.ts'
export { ownPath, withError } from './redirect-path.ts'
export { shownNameOf } from './shown-name.ts'
export { createIdentitySignupCookie, type PendingSignup } from './signup-cookie.ts'
export {
  findIdentity,
  hasIdentity,
  insertIdentity,
  isIdentityOf,
  listIdentities,
  saveIdentityUse,
} from './store.ts'
export { fixedUsername, hasFixedUsername } from './usernames.ts'
