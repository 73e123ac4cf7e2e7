export { accessTokenHash, newAccessToken } from '../features/tokens/index.ts'
export { newId } from '../id.ts'
export { sessionPaths, type SessionPath } from '../features/auth/session-paths.ts'
export { createProviders } from '../features/identities/index.ts'
export { cuttableProxy, type CuttableProxy } from './cuttable-proxy.ts'
export { foreignMessages } from './foreign-messages.ts'
export { databaseKinds, describeOnEach, describeOnPostgres } from './describe-on-each.ts'
export { everyRow } from './every-row.ts'
export { emptyTestDatabase, migratedTestDatabase, testDatabase } from './test-database.ts'
export type { EmptyTestDatabase } from './spare-postgres.ts'
export type { TestDatabase } from './test-database.ts'
export { makeCertificate, type Certificate } from './make-certificate.ts'
export { openMailServer, type MailServer, type ReceivedMail } from './mail-server.ts'
export { drip, openScriptedServer, type ScriptedServer } from './scripted-mail-server.ts'
export { lockTable } from './lock-table.ts'
export { lockedRows } from './locked-rows.ts'
export { openAgain, waitingLocks } from './lock-waits.ts'
export { rangeService, type RangeService } from './range-service.ts'
export { missingRedis, startRedis, type RedisServer } from './redis-server.ts'
export { routeTo } from './route-to.ts'
export { onServer } from './test-postgres.ts'
export { composeRecovery } from '../features/recovery/index.ts'
export { composeVerification } from '../features/emails/index.ts'
export {
  createAuthenticator,
  type AuthenticatorOptions,
  type Deviation,
  type SoftwareAuthenticator,
} from './authenticator/authenticator.ts'
