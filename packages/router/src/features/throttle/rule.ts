/**
 * Where failed passwords are counted. A known device of the account and a signed-in session have keys of
 * their own, so that guesses of others lock neither; everybody else shares the account's.
 */
export interface ThrottleKey {
  key: string
  rule: ThrottleRule
  /**
   * Counts these failures as well, and locks them once it is locked itself. Its pauses do not apply to them.
   */
  total?: ThrottleKey
}

export interface ThrottleRule {
  /** For how long the key is closed after so many failures; 0: not at all. */
  pauseMs(failures: number): number
  /** From so many failures on it stays closed until it is reset. */
  lockedAfter: number
  longestPauseMs: number
  /** After how long without an attempt the count is forgotten; null: never. */
  forgetAfterMs: number | null
}

const secondMs = 1_000
const hourMs = 3_600 * secondMs
const dayMs = 24 * hourMs

const freeFailures = 5
const firstPauseMs = 30 * secondMs
const windowFailures = 10

/** NIST SP 800-63B-4 3.2.2: at most 100 consecutive failures. */
const lockedAfterFailures = 100

/** 5 free failures, then 30 s doubling to 1 h, and after 100 in a row locked (ASVS 5.0 6.3.1). */
function strangers(factor: number, forgetAfterMs: number | null): ThrottleRule {
  return {
    pauseMs: (failures) => {
      const beyond = failures - freeFailures * factor
      return beyond < 0 ? 0 : Math.min(hourMs, firstPauseMs * 2 ** Math.min(beyond, 20))
    },
    lockedAfter: lockedAfterFailures * factor,
    longestPauseMs: hourMs,
    forgetAfterMs,
  }
}

/** An hour after every tenth failure, and after 100 in a row locked. */
function knownDevice(factor: number, forgetAfterMs: number): ThrottleRule {
  return {
    pauseMs: (failures) => (failures % (windowFailures * factor) === 0 ? hourMs : 0),
    lockedAfter: lockedAfterFailures * factor,
    longestPauseMs: hourMs,
    forgetAfterMs,
  }
}

/**
 * 10 failures, then closed for an hour; an hour without one forgets them. What limits all of them is the
 * total.
 */
function session(factor: number): ThrottleRule {
  return {
    pauseMs: (failures) => (failures < windowFailures * factor ? 0 : hourMs),
    lockedAfter: Number.MAX_SAFE_INTEGER,
    longestPauseMs: hourMs,
    forgetAfterMs: hourMs,
  }
}

interface SignedInAttempt {
  userId: string
  sessionId: string
  /** Of the browser that asks, when it is a known device of the user; else null. */
  deviceHash: string | null
}

export interface ThrottleKeys {
  /** Log-ins from devices that the account does not know. */
  account(userId: string): ThrottleKey
  /** A name that nobody has: it behaves like an account. @param pseudonym stands for the name */
  name(pseudonym: string): ThrottleKey
  /** Log-ins from a known device of the account. */
  device(userId: string, deviceHash: string): ThrottleKey
  /**
   * A signed-in user who is asked for the password again: each session for itself. Without a known device, as
   * with a stolen session cookie, the account's total counts too.
   */
  signedIn(attempt: SignedInAttempt): ThrottleKey
}

/** How long the failures of a known device are kept: as long as the device may be known unused. */
const deviceForgottenAfterMs = 400 * dayMs

/** @param factor multiplies every allowance (setting LIMITS=relaxed) */
export function createThrottleKeys(factor: number): ThrottleKeys {
  const account = (userId: string): ThrottleKey => ({
    key: `account:${userId}`,
    rule: strangers(factor, null),
  })
  return {
    account,
    name: (pseudonym) => ({ key: `name:${pseudonym}`, rule: strangers(factor, dayMs) }),
    device: (userId, deviceHash) => ({
      key: `device:${userId}:${deviceHash}`,
      rule: knownDevice(factor, deviceForgottenAfterMs),
    }),
    signedIn: ({ userId, sessionId, deviceHash }) =>
      deviceHash === null
        ? { key: `session:${userId}:${sessionId}`, rule: session(factor), total: account(userId) }
        : {
            key: `session:${userId}:${sessionId}:${deviceHash}`,
            rule: knownDevice(factor, deviceForgottenAfterMs),
          },
  }
}
