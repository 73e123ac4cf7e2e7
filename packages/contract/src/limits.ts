const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Lengths of texts, in Unicode code points unless the name says bytes. */
export const textLimits = {
  username: { min: 2, max: 32 },
  name: { min: 1, max: 80 },
  /** NIST SP 800-63B-4 3.1.1.2 and ASVS 5.0 6.2.1, 6.2.9: at least 8, long ones allowed, never truncated. */
  password: { min: 8, max: 256 },
  email: { max: 254 },
  search: { max: 100 },
} as const

export const pageLimits = { min: 1, max: 100, default: 20 } as const

/**
 * The most bytes of JSON that a page of a list has. A page of long rows ends before it has as many as asked
 * for.
 */
export const pageBytesLimit = 256 * 1024

/** What one user may have. The 101st session ends the oldest one. */
export const userLimits = { sessions: 100 } as const

/**
 * Open pages that hear news of a session, of one browser and of one person in each process; one more ends the
 * oldest. One more of an address is UNAVAILABLE, and one more of the process takes a place of a network that
 * has more.
 */
export const streamLimits = { session: 10, user: 50, address: 128, process: 2_000 } as const

/**
 * How much: `points` events, or bytes, in `windowMs`, then RATE_LIMITED until the window ends. A new session
 * buys nothing.
 */
export const rateLimits = {
  loginFailuresPerAddress: { points: 50, windowMs: 10 * minuteMs },
  /**
   * Passwords that are compared or made, right or wrong: of a known device, a session, or everybody else at
   * one account.
   */
  hashesPerCaller: { points: 60, windowMs: 10 * minuteMs },
  /** Without a known device. A network is a /48 or /24. */
  hashesPerAddress: { points: 600, windowMs: 10 * minuteMs },
  hashesPerNetwork: { points: 1_200, windowMs: 10 * minuteMs },
  signupsPerAddress: { points: 60, windowMs: hourMs },
  /** Accounts have allowances of their own, and an IPv6 attacker has 65,536 addresses of a /48. */
  signupsPerNetwork: { points: 600, windowMs: hourMs },
  mutationsPerAccount: { points: 240, windowMs: minuteMs },
  /** Streams count when they are opened; each query of a batch counts. People and pages stay far below. */
  queriesPerAccount: { points: 1_200, windowMs: minuteMs },
  /** Bytes of answers, and bytes that searches read. */
  readBytesPerAccount: { points: 32 * 1024 * 1024, windowMs: minuteMs },
  /**
   * Beyond what the account has left, so that one session, stolen perhaps, does not keep the owner from
   * ending it in another one.
   */
  reserveCallsPerSession: { points: 30, windowMs: minuteMs },
  reserveCallsPerAccount: { points: 120, windowMs: minuteMs },
  anonymousCallsPerAddress: { points: 600, windowMs: minuteMs },
  /** The one query that costs what its caller has stored, and the one that writes something down. */
  exportsPerUser: { points: 20, windowMs: hourMs },
} as const

export const batchLimit = 10
/** Of all answers of a batch in sum; the calls that do not fit are UNAVAILABLE. */
export const batchAnswerLimitBytes = 320 * 1024
export const bodyLimitBytes = 100 * 1024

/** How long a log-in, sign-up or elevation counts as "it is really you" (ASVS 5.0 7.5.1). */
export const sudoWindowMs = 10 * minuteMs

/** How long an audit event is kept at least; see `recordEvent` for when it goes. */
export const auditRetentionMs = 180 * 24 * hourMs
