/**
 * The key under which failed passwords are counted. A known device of the account and a signed-in session
 * have their own, so that guesses from elsewhere lock neither. All other clients share the account's.
 */
export interface ThrottleKey {
  key: string
  rule: ThrottleRule
  /**
   * Also counts these failures, and rejects these attempts once it is locked. Its pauses do not apply to
   * them.
   */
  total?: Pick<ThrottleKey, 'key' | 'rule'>
  /**
   * Counts the failures of all login names and sessions of the account. Once it is locked, attempts are
   * answered like wrong passwords, so that a lockout by one login name does not show the others. It has no
   * pauses.
   */
  hiddenTotal: Pick<ThrottleKey, 'key' | 'rule'> | null
}

export interface ThrottleRule {
  /** Returns how long the pause after so many failures is; 0: no pause. */
  pauseMs(failures: number): number
  /** After so many failures the key is locked until it is reset. */
  lockedAfter: number
  longestPauseMs: number
  /** How long after the last attempt the count is deleted; null: never. */
  expiresAfterMs: number | null
}

const secondMs = 1_000
const hourMs = 3_600 * secondMs
const dayMs = 24 * hourMs

const freeFailures = 5
const firstPauseMs = 30 * secondMs
const windowFailures = 10

/** NIST SP 800-63B-4 3.2.2: at most 100 consecutive failures. */
const lockedAfterFailures = 100

/**
 * Allows 5 failures, then pauses for 30 s, doubling to 1 h, and locks after 100 in a row (ASVS 5.0 6.3.1).
 */
function unknownDevice(factor: number, expiresAfterMs: number | null): ThrottleRule {
  return {
    pauseMs: (failures) => {
      const beyond = failures - freeFailures * factor
      return beyond < 0 ? 0 : Math.min(hourMs, firstPauseMs * 2 ** Math.min(beyond, 20))
    },
    lockedAfter: lockedAfterFailures * factor,
    longestPauseMs: hourMs,
    expiresAfterMs,
  }
}

/** Pauses for an hour after every tenth failure, and locks after 100 in a row. */
function knownDevice(factor: number, expiresAfterMs: number): ThrottleRule {
  return {
    pauseMs: (failures) => (failures % (windowFailures * factor) === 0 ? hourMs : 0),
    lockedAfter: lockedAfterFailures * factor,
    longestPauseMs: hourMs,
    expiresAfterMs,
  }
}

/**
 * Allows 10 failures, then pauses for an hour; an hour without a failure clears them. The total of the
 * account limits all sessions together.
 */
function session(factor: number): ThrottleRule {
  return {
    pauseMs: (failures) => (failures < windowFailures * factor ? 0 : hourMs),
    lockedAfter: Number.MAX_SAFE_INTEGER,
    longestPauseMs: hourMs,
    expiresAfterMs: hourMs,
  }
}

/** Without pauses; locks after 100 in a row. */
function total(factor: number, expiresAfterMs: number | null): ThrottleRule {
  return {
    pauseMs: () => 0,
    lockedAfter: lockedAfterFailures * factor,
    longestPauseMs: 0,
    expiresAfterMs,
  }
}

interface SignedInAttempt {
  userId: string
  sessionId: string
  /** The calling browser if it is a known device of the user; else null. */
  deviceHash: string | null
}

/** The keys of one kind of guesses. */
interface GuessKeys {
  /** Counts log-ins from unknown devices; of passwords, those by the user name. */
  account(userId: string): ThrottleKey
  /** Counts log-ins from a known device of the account. */
  device(userId: string, deviceHash: string): ThrottleKey
  /**
   * Counts the passwords of a signed-in user, for each session separately. Without a known device, as with a
   * stolen session cookie, the account's total counts them too.
   */
  signedIn(attempt: SignedInAttempt): ThrottleKey
}

export interface ThrottleKeys extends GuessKeys {
  /**
   * Counts log-ins by an address, or by a user name that does not exist, which behaves like an account.
   * @param pseudonym of the name
   * @param userId of the account with this verified address
   */
  name(pseudonym: string, userId?: string): ThrottleKey
  /**
   * Counts wrong codes of second factors. They have their own counters, which a right password does not
   * reset. The lock of the account's counter ends after a day, so that an attacker who knows the password
   * cannot lock the owner out for ever.
   */
  factors: GuessKeys
}

/** How long the failures of a known device are stored: as long as an unused device stays known. */
const deviceExpiresAfterMs = 400 * dayMs

/** @param factor multiplies every allowance (setting LIMITS=relaxed) */
export function createThrottleKeys(factor: number): ThrottleKeys {
  const totalOf = (userId: string) => ({ key: `total:${userId}`, rule: total(factor, null) })
  return {
    ...guessKeys('', { factor, accountExpiresAfterMs: null, totalOf }),
    name: (pseudonym, userId) => ({
      key: `name:${pseudonym}`,
      rule: unknownDevice(factor, dayMs),
      // An unknown name has one too, so that an attempt writes the same rows.
      hiddenTotal:
        userId === undefined ? { key: `total:${pseudonym}`, rule: total(factor, dayMs) } : totalOf(userId),
    }),
    // No login name is typed with a code, so the count of the account is its total.
    factors: guessKeys('factor-', { factor, accountExpiresAfterMs: dayMs, totalOf: () => null }),
  }
}

interface GuessRules {
  factor: number
  accountExpiresAfterMs: number | null
  totalOf(userId: string): ThrottleKey['hiddenTotal']
}

function guessKeys(
  prefix: '' | 'factor-',
  { factor, accountExpiresAfterMs, totalOf }: GuessRules,
): GuessKeys {
  const account = (userId: string): ThrottleKey => ({
    key: `${prefix}account:${userId}`,
    rule: unknownDevice(factor, accountExpiresAfterMs),
    hiddenTotal: totalOf(userId),
  })
  return {
    account,
    device: (userId, deviceHash) => ({
      key: `${prefix}device:${userId}:${deviceHash}`,
      rule: knownDevice(factor, deviceExpiresAfterMs),
      hiddenTotal: null,
    }),
    signedIn: ({ userId, sessionId, deviceHash }) =>
      deviceHash === null
        ? {
            key: `${prefix}session:${userId}:${sessionId}`,
            rule: session(factor),
            total: account(userId),
            hiddenTotal: totalOf(userId),
          }
        : {
            key: `${prefix}session:${userId}:${sessionId}:${deviceHash}`,
            rule: knownDevice(factor, deviceExpiresAfterMs),
            hiddenTotal: null,
          },
  }
}
