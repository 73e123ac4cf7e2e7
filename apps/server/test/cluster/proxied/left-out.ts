/** Tests that cannot pass through the proxy on three servers, as `file > title`, by the reason. */
const namedByReason: Record<string, readonly string[]> = {
  'each server counts alone without LIMITS_STORE': [
    'test/emails/verification.test.ts > address links: guesses from one address are limited',
    'test/emails/verification.test.ts > address mails: requests are limited by account, and a refused one writes nothing',
    'test/factors/factor-reset.test.ts > factor reset: an address tries as many links as of other kinds',
    'test/identities/failed-uses.test.ts > leave 50 events of an account a day',
    'test/plain-pages/plain-pages.test.ts > forms share the limit of failed log-ins with /trpc',
    'test/security/tutorial-regressions.test.ts > no attempt limit',
    'test/factors/factor-notices.test.ts > factor notices: a right password in new browsers is a few mails an hour, in a known one none',
    'test/recovery/links.test.ts > recovery links: 120 an hour are opened from one address',
    'test/recovery/request.test.ts > recovery request: 100 at once for one address queue 30, and only the last link works',
  ],
  'without AUTH_SECRETS each server has its own': [
    'test/security/tutorial-regressions.test.ts > default secret key',
  ],
  'each server writes its own warnings': [
    'test/auth/breached-passwords.test.ts > breached passwords: a service that is down lets sign-ups through, with one warning and a count',
    'test/security/injection.test.ts > injection: no request starts its own line in the log',
  ],
  'reads the hash queue of one process, with a call in progress': [
    'test/auth/breached-passwords.test.ts > wait for the service without a transaction or a hash slot',
  ],
  'makes the database of one process fail': [
    'test/tokens/use.test.ts > last use of a token: a call that reads succeeds while nothing can be written',
    'test/account/export.test.ts > export: fails when its event cannot be written',
    'test/rest/event-streams.test.ts > REST event stream: an internal error is the last event, and logged',
  ],
  'nginx answers or changes the request': [
    'test/rest/requests.test.ts > an unknown path is NO_SUCH_PROCEDURE',
    'test/identities/callbacks.test.ts > callbacks: only GET uses an answer up, and another name has no pages',
  ],
}

/** Why a test is left out, by `file > title`. */
export const leftOut: ReadonlyMap<string, string> = new Map(
  Object.entries(namedByReason).flatMap(([why, names]) => names.map((name) => [name, why])),
)

/**
 * Titles of tests, by file, that are skipped when they use what one process has, such as its memory or its
 * metrics. The run fails when another test is skipped, or when one of these is not.
 */
export const usingOneProcess: Readonly<Record<string, readonly string[]>> = {
  'test/account/account.test.ts': [
    'checks the new password first: that costs no hash, and no pause hides it',
    'fails with BUSY when the hash queue is full',
    'is neither BUSY nor counted when the hash queue fills up between its two hashes',
  ],
  'test/account/close-account.test.ts': ['is not given to a sign-up that runs while its account is closed'],
  'test/account/export.test.ts': ['is RATE_LIMITED after 20 in an hour, for one account and not for others'],
  'test/auth/login.test.ts': [
    'BUSY without a wait when the hash queue is full',
    'RATE_LIMITED after 50 failures from one address, also with the right password',
  ],
  'test/auth/logout-and-elevation.test.ts': ['fails with BUSY when the hash queue is full'],
  'test/auth/signup.test.ts': [
    'BUSY without a wait when the hash queue is full, with Retry-After',
    'RATE_LIMITED after 60 from one address, with Retry-After',
    'RATE_LIMITED after 600 from the addresses of one network',
    'the name of a closed account costs no hash, so timing does not distinguish it from a name in use',
  ],
  'test/factors/bad-input.test.ts': [
    'bad input: malformed JSON for auth.completeFactorReset is a clear failure, and nothing is lost',
    'bad input: malformed JSON for auth.elevate is a clear failure, and nothing is lost',
    'bad input: malformed JSON for auth.identitySignup is a clear failure, and nothing is lost',
    'bad input: malformed JSON for auth.passkeyLogin is a clear failure, and nothing is lost',
    'bad input: malformed JSON for auth.secondFactor is a clear failure, and nothing is lost',
    'bad input: malformed JSON for passkeys.register is a clear failure, and nothing is lost',
    'bad input: malformed JSON for totp.confirm is a clear failure, and nothing is lost',
  ],
  'test/factors/factor-notices.test.ts': ['factor notices: where no mail is sent, none is queued'],
  'test/factors/factor-reset.test.ts': [
    'factor reset: not for a user whom only a passkey logs in, because no first step would remain',
  ],
  'test/factors/highest-level.test.ts': [
    'cannot use a password that was verified before the second factor was added',
  ],
  'test/factors/session-paths.test.ts': [
    '/api/v1/auth/identity-signup gives no session without the second factor',
    '/trpc/auth.identitySignup gives no session without the second factor',
    'its cookie gives nothing on every procedure',
  ],
  'test/identities/elevation.test.ts': [
    'elevation: neither confirms nor links for a session that falls to level 1 meanwhile',
  ],
  'test/identities/github.test.ts': ['USERNAME_FROM=github: an invited user keeps the name of GitHub too'],
  'test/identities/linking.test.ts': [
    'linked identities: one of a provider that is not offered any more is no way in',
  ],
  'test/identities/log-in.test.ts': ['outside identities: the setting SIGNUP applies'],
  'test/notes/large-notes.test.ts': ['get: a long note waits for a slot of its account'],
  'test/notes/search-key-time.test.ts': ['search keys: no text of a note is normalised inside a transaction'],
  'test/passkeys/availability.test.ts': [
    'passkeys: at http://accounts.example.org the removal of the last identity has the reason LAST_WAY_IN',
    'passkeys: at https://accounts.example.org the removal of the last identity has the reason undefined',
    'passkeys: failures of an address are written up to a limit, and never lock a user out',
    'passkeys: log-ins of an address and of a network have their own limits',
  ],
  'test/races/sessions.test.ts': ['is renewed with one write by 8 concurrent calls on two servers'],
  'test/recovery/notices.test.ts': ['notices: where no mail is sent, none is queued'],
  'test/recovery/request.test.ts': ['recovery request: all addresses of a network together have a limit'],
  'test/security/names.test.ts': ['get the same bytes while the hash queue is full'],
  'test/security/tokens.test.ts': ['session tokens: 3,000 mutated ones are all UNAUTHENTICATED'],
  'test/security/tutorial-default-passwords.test.ts': ['reset to a shared default password'],
  'test/security/tutorial-regressions.test.ts': [
    'exception text sent to the client',
    'no hashing work for unknown users',
  ],
  'test/sessions/session-events.test.ts': [
    'that reconnects with the id of its last event sends only newer changes',
  ],
  'test/sessions/sessions.test.ts': [
    'sets no cookie if the session gets another token before the renewal is written',
  ],
  'test/throttle/lockout-resistance.test.ts': ['logs in from an address that has used up its failures'],
  'test/throttle/throttle.test.ts': [
    'BUSY does not count as a failure',
    'none, not even a sweep, when the pause began while the attempt waited in the queue',
  ],
  'test/tokens/use.test.ts': [
    'is saved at most once a minute, by one of several calls',
    'metrics: count calls with a token by outcome',
  ],
  'test/tutorial-api/statuses.test.ts': ['answers a taken name, closed sign-up and an internal error'],
}
