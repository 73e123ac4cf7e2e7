const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

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

/** The maximum of JSON bytes in a page of a list. A page of long rows has fewer rows than requested. */
export const pageBytesLimit = 256 * 1024

/** The most that one user may have. The 101st session ends the oldest one. */
export const userLimits = { sessions: 100, passkeys: 20, identities: 20 } as const

/**
 * Of access tokens. `perAccount` counts those that have not expired. Expired ones are listed for
 * `keptAfterExpiryMs`. `days`: how long a new one is valid.
 */
export const tokenLimits = {
  perAccount: 50,
  listed: 100,
  days: { min: 1, max: 365, default: 90 },
  keptAfterExpiryMs: 30 * dayMs,
} as const

/**
 * The maximum of event streams of a session (one browser), of a user, of an address, and of the process. One
 * more of a session or user ends the oldest. One more of an address fails with UNAVAILABLE. One more of the
 * process evicts a stream of a network that has more.
 */
export const streamLimits = { session: 10, user: 50, address: 128, process: 2_000 } as const

/**
 * Allows `points` events, or bytes, in `windowMs`, then fails with RATE_LIMITED until the window ends. A new
 * session does not reset a limit.
 */
export const rateLimits = {
  loginFailuresPerAddress: { points: 50, windowMs: 10 * minuteMs },
  /**
   * Passwords that are compared or hashed, right or wrong: of a known device, of a session, or of all other
   * clients of one account.
   */
  hashesPerCaller: { points: 60, windowMs: 10 * minuteMs },
  /** Without a known device. A network is a /48 or /24. */
  hashesPerAddress: { points: 600, windowMs: 10 * minuteMs },
  hashesPerNetwork: { points: 1_200, windowMs: 10 * minuteMs },
  /** Passkeys that are verified, right or wrong. They need no hash and cannot be guessed. */
  passkeyLoginsPerAddress: { points: 600, windowMs: 10 * minuteMs },
  passkeyLoginsPerNetwork: { points: 1_200, windowMs: 10 * minuteMs },
  /** Failed log-ins by passkey that are written to the audit log; more of an address are not written. */
  passkeyFailuresPerAddress: { points: 50, windowMs: 10 * minuteMs },
  signupsPerAddress: { points: 60, windowMs: hourMs },
  /** Each account has its own allowances, and an attacker with an IPv6 /48 has 65,536 addresses. */
  signupsPerNetwork: { points: 600, windowMs: hourMs },
  mutationsPerAccount: { points: 240, windowMs: minuteMs },
  /** Streams count when they are opened; each query of a batch counts. Users and pages stay far below. */
  queriesPerAccount: { points: 1_200, windowMs: minuteMs },
  /** Bytes of responses, and bytes that searches read. */
  readBytesPerAccount: { points: 32 * 1024 * 1024, windowMs: minuteMs },
  /**
   * Calls beyond the account's limit, so that one session, perhaps a stolen one, cannot keep the user from
   * ending it in another session.
   */
  reserveCallsPerSession: { points: 30, windowMs: minuteMs },
  reserveCallsPerAccount: { points: 120, windowMs: minuteMs },
  /** Of one access token; they count for its account too. One token cannot use up the account's allowance. */
  mutationsPerToken: { points: 120, windowMs: minuteMs },
  queriesPerToken: { points: 600, windowMs: minuteMs },
  /**
   * Well-formed access tokens that do not exist. When it is used up, tokens that no call of the last minute
   * found valid are rejected without a read.
   */
  tokenFailuresPerAddress: { points: 120, windowMs: minuteMs },
  anonymousCallsPerAddress: { points: 600, windowMs: minuteMs },
  /** Requests for mails to people who are not logged in: recovery and confirmation of an address. */
  mailRequestsPerAddress: { points: 30, windowMs: hourMs },
  mailRequestsPerNetwork: { points: 300, windowMs: hourMs },
  mailRequestsPerAccount: { points: 20, windowMs: hourMs },
  /** Mails about log-ins that stop before the second factor: each right password in a new browser is one. */
  unfinishedLoginMailsPerAccount: { points: 3, windowMs: hourMs },
  /** Links that are opened: guesses find nothing, but each costs a read. */
  linksPerAddress: { points: 120, windowMs: hourMs },
  /** Starts and ends of attempts with an outside identity: each may ask the provider. */
  identityAttemptsPerAddress: { points: 240, windowMs: 10 * minuteMs },
  identityAttemptsPerNetwork: { points: 2_400, windowMs: 10 * minuteMs },
  invitationsPerUser: { points: 200, windowMs: hourMs },
  /**
   * Log-ins with the right password: each writes an audit event. Wrong ones do not count, so that an attacker
   * without the password uses up nothing.
   */
  passwordLoginsPerAccount: { points: 100, windowMs: hourMs },
  /** Without a known device: enough for a monitor that logs in once a minute. The rest is for browsers. */
  passwordLoginsWithoutDevicePerAccount: { points: 70, windowMs: hourMs },
  /** Log-ins by passkey or outside identity, which an attacker with the password cannot use up. */
  passwordlessLoginsPerAccount: { points: 30, windowMs: hourMs },
  /**
   * Right proofs in a session: confirmations and changes of the password. By session, because an attacker
   * with the password must not keep the owner from confirming.
   */
  confirmationsPerSession: { points: 10, windowMs: hourMs },
  /** Successful calls of one procedure that leads to an audit event and that a user can repeat. */
  auditedCallsPerUser: { points: 50, windowMs: dayMs },
  /**
   * The same of an admin about other users, by sessions and by access tokens. Calls that stop an attacker
   * have no limit.
   */
  adminActionsPerUser: { points: 1_000, windowMs: dayMs },
  /** An export costs what the account has stored, and writes an audit event. */
  exportsPerUser: { points: 20, windowMs: hourMs },
} as const

export const batchLimit = 10
/** Of all responses of a batch together; calls that do not fit fail with UNAVAILABLE. */
export const batchAnswerLimitBytes = 320 * 1024
export const bodyLimitBytes = 100 * 1024

/**
 * Of mails with a link, counted by what is stored. The last pause is shorter than the life of a recovery
 * link.
 */
export const linkMailLimits = {
  /** After the first mail of a kind to one address in 24 hours, after the second, and so on. */
  pausesMs: [1, 2, 4, 8, 16, 25].map((minutes) => minutes * minuteMs),
  /** Of a kind, about one account. The pauses allow 62 to one address. */
  perAccountAndDay: 70,
  /** Of all accounts. */
  perHour: 10_000,
} as const

/** How long the secrets of links are valid. */
export const linkLifetimesMs = {
  emailVerification: 24 * hourMs,
  recovery: 30 * minuteMs,
  /** Issued by an admin or an operator, who hands it over in person. */
  issuedRecovery: 24 * hourMs,
  invitation: 7 * 24 * hourMs,
  /** The longest FACTOR_RESET_DELAY, and a week in which the link works. */
  factorReset: (30 + 7) * 24 * hourMs,
} as const

/** How long a user has for the second step of a log-in. */
export const pendingLoginMs = 10 * minuteMs

/** How long a user has at a provider of outside identities, and then to choose a user name. */
export const identityAttemptMs = 10 * minuteMs

/** How long a user has to confirm a new authenticator app by its first code. */
export const enrollmentMs = 10 * minuteMs

/** How long a log-in, sign-up or elevation counts as recent authentication (ASVS 5.0 7.5.1). */
export const sudoWindowMs = 10 * minuteMs

/** The minimum age at which an audit event may be deleted; see `recordEvent`. */
export const auditRetentionMs = 180 * 24 * hourMs
