/**
 * Every path that ends in the session cookie of a log-in, and the level of the session (ASVS 5.0 6.1.3,
 * 6.3.4). `openSession` takes one of them and refuses level 1 for an account with a second factor.
 * docs/security.md has the table; a test compares both.
 */
export const sessionPaths = {
  'auth.signup': { proof: 'a new account', level: 1 },
  'auth.login': { proof: 'password', level: 1 },
  'auth.identitySignup': { proof: 'a new account of an outside identity', level: 1 },
  'GET /auth/<provider>/callback': { proof: 'outside identity', level: 1 },
  'auth.secondFactor': { proof: 'password or identity, then a second factor', level: 2 },
  'auth.completeFactorReset': { proof: 'password or identity, then the link of a factor reset', level: 1 },
  'auth.passkeyLogin': { proof: 'passkey with user verification', level: 2 },
} as const satisfies Record<string, { proof: string; level: 1 | 2 }>

export type SessionPath = keyof typeof sessionPaths
