export {
  addressCaller,
  chargeReadBytes,
  consumeRejected,
  createCallerFinder,
  identifyCaller,
  type Caller,
  type LastCookie,
} from './rate-limits/allowances.ts'
export { longBodyTurn } from './rate-limits/heavy-read.ts'
export { andThen, orElse, type Awaitable } from './awaitable.ts'
export type { Outcome } from './catch-failures.ts'
export { networkOf } from './rate-limits/bounded-limiter.ts'
export { createSteadyClock, type MachineClock } from './ports/clock.ts'
export { createContext, type Context, type RequestFacts, type Services } from './context.ts'
export { DatabaseUnavailable } from './db/database-unavailable.ts'
export {
  checkMailServer,
  countWaitingMails,
  mailModeOf,
  mailTransportOf,
  readMailbox,
  sendTestMail,
  startMailSender,
  type MailboxMail,
  type MailSender,
} from './features/mail/index.ts'
export { mailComposers } from './mail-composers.ts'
export { checkDatabase } from './db/check-database.ts'
export { describeDatabase } from './db/database-url.ts'
export { migrateDatabase } from './db/open-database.ts'
export { resetDatabase } from './db/reset-database.ts'
export { operatorCommand } from './db/operator-command.ts'
export { repositoryRoot } from './db/repository-root.ts'
export { MigrationFailed } from './db/migration-failed.ts'
export { SchemaMismatch } from './db/schema-mismatch.ts'
export { errorCode, reasonOf } from './error-code.ts'
export { fileModeProblems } from './settings/file-modes.ts'
export { exposureReasons, isLoopback } from './settings/exposure.ts'
export { FailureError, failureShape, type FailureShape } from './failures.ts'
export { returnFromProvider, startAtProvider } from './features/auth/provider-redirects.ts'
export { unlockAccount } from './features/auth/unlock-account.ts'
export { createHashWorkers, isHashQueueFull, type Hasher } from './features/passwords/index.ts'
export { verifyEnteredAddress } from './features/emails/verify-email.ts'
export { invite } from './features/invitations/index.ts'
export { listUserFactors, requestFactorReset, type UserFactors } from './features/factor-resets/index.ts'
export { countAdminsWithoutFactor } from './features/factors/index.ts'
export { issueRecoveryLink } from './features/recovery/index.ts'
export { createAdmin, hasAccounts, hasAdmin, type NewAdmin } from './features/users/index.ts'
export { withoutTokens } from './features/tokens/index.ts'
export { revokeLeakedToken } from './features/tokens/operator.ts'
export { countSealedSecrets } from './features/totp/sealed-secrets/count-sealed-secrets.ts'
export { resealSecrets } from './features/totp/sealed-secrets/reseal-secrets.ts'
export { createFairShares } from './rate-limits/fair-shares.ts'
export { createInFlightCounter, type InFlightCounter } from './rate-limits/in-flight-counter.ts'
export { createTally } from './rate-limits/tally.ts'
export type { Log } from './ports/log.ts'
export { streamPingMs, type Ticker } from './ports/interval.ts'
export { createSpreadTicker } from './ports/spread-ticker.ts'
export { addressKey } from './rate-limits/rate-limits.ts'
export { readEnvironment } from './settings/read-environment.ts'
export { bearerCredentials } from './http/bearer.ts'
export { responseHeaders, tokenChallenge } from './http/response-headers.ts'
export { StreamReconnect } from './http/stream-reconnect.ts'
export { appRouter, type AppRouter } from './router.ts'
export { createServices, privateFiles } from './create-services.ts'
export type { Access } from './access.ts'
export { addressSettings, publicUrlOf } from './settings/addresses.ts'
export {
  duration,
  listed,
  oneOf,
  origin,
  origins,
  readSettings,
  wholeNumber,
  type Environment,
} from './settings/env-schema.ts'
export { limitFactor } from './settings/limit-factor.ts'
export { isProviderSetting, type ProviderSettings } from './settings/provider-settings.ts'
export { accountSettingNames, readAccountSettings, type AccountSettings } from './settings/settings.ts'
