import path from 'node:path'
import type { Services } from './context.ts'
import { parseDatabaseUrl } from './db/database-url.ts'
import type { Database } from './db/database.ts'
import { openDatabase } from './db/open-database.ts'
import type { DatabaseOptions } from './db/open-database.ts'
import { repositoryRoot } from './db/repository-root.ts'
import { findNewestEventTime } from './features/audit/index.ts'
import { createDeviceCookie } from './features/devices/index.ts'
import { createPendingLoginCookie } from './features/factors/index.ts'
import {
  createAttemptCookie,
  createIdentitySignupCookie,
  createProviders,
} from './features/identities/index.ts'
import { createOutbox } from './features/mail/index.ts'
import type { MailMode } from './features/mail/index.ts'
import { createPasskeyChallenges } from './features/passkeys/index.ts'
import {
  createBreachCheck,
  createHashQueue,
  createHashWorkers,
  createPasswordPolicy,
  createPasswordScheme,
  createSprayDetector,
} from './features/passwords/index.ts'
import type { Hasher } from './features/passwords/index.ts'
import {
  createEndedTokens,
  createLiveTokens,
  createSessionCookie,
  createSessionNews,
  createSessionStreams,
  createSessionTokens,
} from './features/sessions/index.ts'
import type { SessionNews, SessionStreams } from './features/sessions/index.ts'
import { createThrottleKeys } from './features/throttle/index.ts'
import { createKnownTokens } from './features/tokens/index.ts'
import type { CookiePolicy } from './http/cookie-name.ts'
import { createSteadyClock, largestSetBackMs, systemClock } from './ports/clock.ts'
import type { Clock, MachineClock } from './ports/clock.ts'
import { sessionCheckMs } from './ports/interval.ts'
import type { Ticker } from './ports/interval.ts'
import type { Log } from './ports/log.ts'
import { createSpreadTicker } from './ports/spread-ticker.ts'
import { connectToRedis } from './rate-limits/counter-store.ts'
import { createFairQueue } from './rate-limits/fair-queue.ts'
import { createInFlightCounter } from './rate-limits/in-flight-counter.ts'
import { createRateLimits } from './rate-limits/rate-limits.ts'
import { createSharedCounters } from './rate-limits/shared-counters.ts'
import { restrictFiles } from './settings/file-modes.ts'
import { deriveKey } from './settings/keys.ts'
import { limitFactor } from './settings/limit-factor.ts'
import { createSealer } from './settings/seal.ts'
import { loadOrCreateSecret } from './settings/secret-file.ts'
import type { AccountSettings } from './settings/settings.ts'

export interface ServiceOptions {
  log: Log
  cookies: CookiePolicy
  /** The origin of links in mails. A function, because a server learns its port when it listens. */
  publicUrl: () => string
  mailMode: MailMode
  /** Used unchanged, as the wall clock too. Default: a steady clock over the machine's clock. */
  clock?: Clock
  machineClock?: MachineClock
  ticker?: Ticker
  database?: DatabaseOptions
  /** Hashes passwords. A caller that passes one closes it. Default: `hashConcurrency` worker threads. */
  hasher?: Hasher
  /** Whether limits are counted in LIMITS_STORE, which a command does not need. Default: false. */
  sharesLimits?: boolean
  /** How long a call waits for LIMITS_STORE. Default: 100. */
  limitsPatienceMs?: number
  /** Whether event streams report changes by other processes at once, on PostgreSQL. Default: false. */
  sharesNews?: boolean
}

/**
 * SQLite reads on the thread that serves requests. On PostgreSQL most connections stay free for other reads,
 * and one network cannot keep several cores of the database busy.
 */
const heavyReadLimits = {
  slots: { sqlite: 1, postgres: 3 },
  slotsPerNetwork: 1,
  rest: 8,
  mayOweMs: 100,
  waitingPerKey: 40,
  waiting: 2_000,
}

const clockWarnings = {
  setBack:
    'The clock was set back. Recorded times continue from the newest one, a tenth slower, until the clock catches up.',
  setAhead:
    'The clock jumped ahead, or the machine was suspended. If the time is wrong now, correct it within 7 days: until then no old event is deleted.',
}

/**
 * Builds everything that procedures need and opens the database, which must have been migrated. Two calls
 * share nothing. Close the services after the last response.
 * @throws DatabaseUnavailable
 */
export async function createServices(settings: AccountSettings, options: ServiceOptions): Promise<Services> {
  const root = options.database?.root ?? repositoryRoot
  for (const warning of restrictFiles(privateFiles(settings, root))) options.log.warn({}, warning)
  const secrets = authSecrets(settings, root)
  const factor = limitFactor(settings)
  const db = await openDatabase(settings.databaseUrl, {
    poolSize: settings.databasePool,
    ...options.database,
  })
  const limitsStore = options.sharesLimits === true ? settings.limitsStore : null
  const sharedCounters =
    limitsStore === null
      ? null
      : await createSharedCounters({
          connect: () => connectToRedis(limitsStore),
          hashKey: deriveKey(secrets[0], 'shared-limit'),
          log: options.log,
          ...(options.limitsPatienceMs === undefined ? {} : { patienceMs: options.limitsPatienceMs }),
        })
  const ticker = options.ticker ?? createSpreadTicker(sessionCheckMs)
  const sessionStreams = createSessionStreams(ticker, settings.eventStreams)
  const sessionNews = await openSessionNews(db, settings, options, sessionStreams)
  const ownWorkers = createHashWorkers({ threads: settings.hashConcurrency })
  return {
    settings,
    db,
    clock: options.clock ?? (await steadyClock(db, options)),
    wallClock: options.clock ?? (options.machineClock ?? systemClock).wall,
    log: options.log,
    publicUrl: options.publicUrl,
    mailMode: options.mailMode,
    outbox: createOutbox(secrets),
    totpSealer: createSealer(secrets, 'totp'),
    sessionTokens: createSessionTokens(secrets),
    sessionCookie: createSessionCookie(options.cookies),
    endedTokens: createEndedTokens(),
    liveTokens: createLiveTokens(),
    sessionStreams,
    sessionNews,
    knownTokens: createKnownTokens(),
    deviceCookie: createDeviceCookie(options.cookies),
    pendingLogin: createPendingLoginCookie(secrets, options.cookies),
    passkeyChallenges: createPasskeyChallenges(secrets, options.cookies),
    providers: createProviders(settings.providers, options),
    attemptCookie: createAttemptCookie(secrets, options.cookies),
    identitySignup: createIdentitySignupCookie(secrets, options.cookies),
    passwordScheme: createPasswordScheme(settings.passwordHashCost, options.hasher ?? ownWorkers),
    passwordPolicy: createPasswordPolicy(),
    breachCheck: createBreachCheck({ url: settings.breachCheckUrl, log: options.log, factor }),
    hashQueue: createHashQueue({
      concurrency: settings.hashConcurrency,
      waiting: settings.hashQueue,
      waitingPerKey: 2 * factor,
    }),
    rateLimits: createRateLimits({ factor, counters: sharedCounters }),
    sprayDetector: createSprayDetector({ factor }),
    exports: createInFlightCounter(),
    heavyReads: createFairQueue({
      ...heavyReadLimits,
      slots: heavyReadLimits.slots[db.kind],
    }),
    throttleKeys: createThrottleKeys(factor),
    identifierKey: deriveKey(secrets[0], 'identifier'),
    close: async () => {
      await ownWorkers.close()
      sharedCounters?.close()
      sessionNews.close()
      await db.close()
    },
  }
}

async function openSessionNews(
  { kind }: Database,
  { databaseUrl: url }: AccountSettings,
  { sharesNews = false, log }: ServiceOptions,
  streams: SessionStreams,
): Promise<SessionNews> {
  if (!sharesNews || kind !== 'postgres') return createSessionNews(streams, null)
  const { openNotifyChannel } = await import('./db/postgres/notify-channel.ts')
  return createSessionNews(streams, (onMessage) =>
    openNotifyChannel({ url, channel: 'accounts_sessions', onMessage, log }),
  )
}

async function steadyClock(
  db: Database,
  { log, machineClock = systemClock }: ServiceOptions,
): Promise<Clock> {
  return createSteadyClock({
    machine: machineClock,
    // Ignores events of a clock that was ahead by more.
    newestMs: await findNewestEventTime(db.read, { before: machineClock.wall() + largestSetBackMs }),
    onSetBack: (ms) => log.warn({ ms }, clockWarnings.setBack),
    onSetAhead: (ms) => log.warn({ ms }, clockWarnings.setAhead),
  })
}

function authSecrets(
  { authSecrets: given, databaseUrl }: AccountSettings,
  root: string,
): [string, ...string[]] {
  const [newest, ...older] = given
  if (newest !== undefined) return [newest, ...older]
  return [loadOrCreateSecret(secretFile(databaseUrl, root))]
}

/** Returns the file of the secret that is used when AUTH_SECRETS is not set. */
function secretFile(databaseUrl: string, root: string): string {
  const location = parseDatabaseUrl(databaseUrl, root)
  const folder = location.kind === 'sqlite' ? path.dirname(location.file) : path.join(root, 'data')
  return path.join(folder, 'auth-secret')
}

/** Lists the files that only the server's user may read: the database and the generated secret. */
export function privateFiles(
  { authSecrets: given, databaseUrl }: Pick<AccountSettings, 'authSecrets' | 'databaseUrl'>,
  root: string,
): string[] {
  const location = parseDatabaseUrl(databaseUrl, root)
  const database =
    location.kind === 'sqlite' ? ['', '-wal', '-shm', '-journal'].map((suffix) => location.file + suffix) : []
  return [...database, ...(given.length === 0 ? [secretFile(databaseUrl, root)] : [])]
}
