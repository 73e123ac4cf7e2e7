/** Titles of tests that cannot pass through the proxy on three servers, by the reason. */
const titles: Record<string, readonly string[]> = {
  'each server counts alone without LIMITS_STORE': [
    'address links: guesses from one address are limited',
    'address mails: requests are limited by account, and a refused one writes nothing',
    'factor reset: an address tries as many links as of other kinds',
    'forms share the limit of failed log-ins with /trpc',
    'no attempt limit',
  ],
  'without AUTH_SECRETS each server has its own': ['default secret key'],
  'makes the database of one process fail': [
    'last use of a token: a call that reads succeeds while nothing can be written',
  ],
  'nginx answers or changes the request': ['an unknown path is NO_SUCH_PROCEDURE'],
}

/** Why a test is left out, by its title. */
export const leftOut: ReadonlyMap<string, string> = new Map(
  Object.entries(titles).flatMap(([why, names]) => names.map((name) => [name, why])),
)
