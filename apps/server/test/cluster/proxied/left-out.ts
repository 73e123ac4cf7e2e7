/** Tests that cannot pass through the proxy on three servers, as `file > title`, by the reason. */
const namedByReason: Record<string, readonly string[]> = {
  'each server counts alone without LIMITS_STORE': [
    'test/emails/verification.test.ts > address links: guesses from one address are limited',
    'test/emails/verification.test.ts > address mails: requests are limited by account, and a refused one writes nothing',
    'test/factors/factor-reset.test.ts > factor reset: an address tries as many links as of other kinds',
    'test/plain-pages/plain-pages.test.ts > forms share the limit of failed log-ins with /trpc',
    'test/security/tutorial-regressions.test.ts > no attempt limit',
  ],
  'without AUTH_SECRETS each server has its own': [
    'test/security/tutorial-regressions.test.ts > default secret key',
  ],
  'makes the database of one process fail': [
    'test/tokens/use.test.ts > last use of a token: a call that reads succeeds while nothing can be written',
  ],
  'nginx answers or changes the request': [
    'test/rest/requests.test.ts > an unknown path is NO_SUCH_PROCEDURE',
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
  'test/auth/login.test.ts': [
    'BUSY without a wait when the hash queue is full',
    'RATE_LIMITED after 50 failures from one address, also with the right password',
  ],
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
  'test/factors/factor-reset.test.ts': [
    'factor reset: not for a user whom only a passkey logs in, because no first step would remain',
  ],
  'test/factors/second-step.test.ts': ['its cookie gives nothing on every procedure'],
  'test/identities/github.test.ts': ['USERNAME_FROM=github: an invited user keeps the name of GitHub too'],
  'test/identities/linking.test.ts': [
    'linked identities: one of a provider that is not offered any more is no way in',
  ],
  'test/identities/log-in.test.ts': ['outside identities: the setting SIGNUP applies'],
  'test/passkeys/availability.test.ts': [
    'passkeys: at http://accounts.example.org the removal of the last identity has the reason LAST_WAY_IN',
    'passkeys: at https://accounts.example.org the removal of the last identity has the reason undefined',
    'passkeys: failures of an address are written up to a limit, and never lock a user out',
    'passkeys: log-ins of an address and of a network have their own limits',
  ],
  'test/races/sessions.test.ts': ['is renewed with one write by 8 concurrent calls on two servers'],
  'test/recovery/notices.test.ts': ['notices: where no mail is sent, none is queued'],
  'test/security/tutorial-regressions.test.ts': [
    'exception text sent to the client',
    'no hashing work for unknown users',
  ],
  'test/sessions/session-events.test.ts': [
    'that reconnects with the id of its last event sends only newer changes',
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
