/**
 * Where failed passwords are counted. Whoever holds a known device of the account has a bucket of their own, so that
 * strangers who guess cannot lock the owner out; everybody else shares the account's.
 */
export interface Bucket {
  key: string
  /** Whose password is guessed: a user's id, or the mark of a name that nobody has. All buckets of one account share it. */
  account: string
  rule: ThrottleRule
}

export interface ThrottleRule {
  /** For how long the bucket closes when so many failures have been counted; 0: not at all. */
  pauseMs(failures: number): number
  /** From so many failures on it stays closed until it is reset. */
  lockedAfter: number
  longestPauseMs: number
  /** After how long without an attempt the row may go; null: never. */
  forgetAfterMs: number | null
}

const secondMs = 1_000
const hourMs = 3_600 * secondMs
const dayMs = 24 * hourMs

const freeFailures = 5
const firstPauseMs = 30 * secondMs
const lockedAfterFailures = 100
const windowFailures = 10

/** 5 free failures, then 30 s doubling to 1 h, and after 100 in a row closed (ASVS 5.0 6.3.1; NIST SP 800-63B-4 3.2.2). */
function inARow(factor: number, forgetAfterMs: number | null): ThrottleRule {
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

/** 10 failures, then closed for an hour; an hour without one forgets them. */
function perHour(factor: number): ThrottleRule {
  return {
    pauseMs: (failures) => (failures < windowFailures * factor ? 0 : hourMs),
    lockedAfter: Number.MAX_SAFE_INTEGER,
    longestPauseMs: hourMs,
    forgetAfterMs: hourMs,
  }
}

export interface Buckets {
  /** Everybody who is not on a known device. */
  account(userId: string): Bucket
  /** A name that nobody has: it behaves as if somebody had it. @param mark stands for the name */
  name(mark: string): Bucket
  /** A known device of the account. */
  device(userId: string, deviceHash: string): Bucket
  /** Somebody signed in who is asked for the password once more. */
  signedIn(userId: string): Bucket
}

/** @param factor multiplies every allowance (setting LIMITS=relaxed) */
export function createBuckets(factor: number): Buckets {
  const bucket = (kind: string, account: string, rule: ThrottleRule, rest = ''): Bucket => ({
    key: `${kind}:${account}${rest}`,
    account,
    rule,
  })
  return {
    account: (userId) => bucket('account', userId, inARow(factor, null)),
    name: (mark) => bucket('name', mark, inARow(factor, dayMs)),
    device: (userId, deviceHash) => bucket('device', userId, perHour(factor), `:${deviceHash}`),
    signedIn: (userId) => bucket('signed-in', userId, perHour(factor)),
  }
}
