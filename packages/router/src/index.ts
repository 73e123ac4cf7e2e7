export { createContext, type Context, type RequestFacts, type Services } from './context.ts'
export { DatabaseUnavailable } from './db/database-unavailable.ts'
export { migrateDatabase } from './db/open-database.ts'
export { repositoryRoot } from './db/repository-root.ts'
export { SchemaMismatch } from './db/schema-mismatch.ts'
export { failureShape } from './failures.ts'
export type { Log } from './log.ts'
export { responseHeaders } from './response-headers.ts'
export { appRouter, type AppRouter } from './router.ts'
export { createServices } from './services.ts'
export {
  duration,
  oneOf,
  readAccountSettings,
  readSettings,
  wholeNumber,
  type AccountSettings,
} from './settings.ts'
