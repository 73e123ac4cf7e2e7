import { readFileSync } from 'node:fs'
import {
  auditEvents,
  auditRetentionMs,
  batchLimit,
  bodyLimitBytes,
  rateLimits,
  sudoWindowMs,
  textLimits,
  tokenLimits,
  userLimits,
  noteLimits,
} from '@app/contract'
import { expect, test } from 'vitest'

const docs = new URL('../../../../docs/', import.meta.url)
const pageOf = (name: string) => readFileSync(new URL(name, docs), 'utf8').replaceAll(/\s+/g, ' ')
const security = pageOf('security.md')
const operations = pageOf('operations.md')

const minutes = (ms: number) => ms / 60_000

// The numbers come from the code: a limit that is changed without the page is red here.
test.each([
  ['user names', `User names are ${textLimits.username.min} to ${textLimits.username.max} of`],
  ['passwords', `have ${textLimits.password.min} to ${textLimits.password.max} characters`],
  [
    'wrong passwords from one address',
    `except log-ins from known devices | ${rateLimits.loginFailuresPerAddress.points} in ${minutes(rateLimits.loginFailuresPerAddress.windowMs)} minutes`,
  ],
  ['sign-ups', `sign-ups from one address | ${rateLimits.signupsPerAddress.points} an hour`],
  ['exports', `exports of one account | ${rateLimits.exportsPerUser.points} an hour`],
  ['one body', `one body | ${bodyLimitBytes / 1024} KB |`],
  ['one batch', `queries of one batch | ${batchLimit} |`],
  ['sessions', `sessions of one account | ${userLimits.sessions} | one more ends the oldest`],
  [
    'access tokens of one account',
    `access tokens of one account that have not expired | ${tokenLimits.perAccount} | one more is rejected`,
  ],
  [
    'the life of an access token',
    `life of an access token | ${tokenLimits.days.min} to ${tokenLimits.days.max} days |`,
  ],
  ['notes', `notes of one account | ${noteLimits.perAccount.toLocaleString('en-US')} |`],
  ['recent authentication', `recent authentication (sudo) | ${minutes(sudoWindowMs)} minutes`],
  ['events', `events | ${auditRetentionMs / 86_400_000} days`],
])('docs/security.md states the limit of %s', (_what, sentence) => {
  expect(security).toContain(sentence)
})

test.each([
  [
    'the words that are rejected as passwords',
    "the user name, the name, the email address or its part before the @, the product's name",
  ],
  ['which rules join fields', 'an update names the revision that it was made from'],
  ['that passwords do not expire', 'stay valid until they are changed'],
  ['how long an unused session lasts', 'idle expiry of a session | 1 h; with "Remember me" 14 days'],
  ['how long a session lasts', 'absolute expiry of a session | 24 h; with "Remember me" 30 days'],
  [
    'how many sessions an account has, and that no other system shares them',
    'No other system opens or shares them',
  ],
  ['who reads which fields', '| email address, last log-in | – | read |'],
  ['how soon a vulnerable component is replaced', 'within 7 days, any other within 30 days'],
  ['each key, its use and its replacement', '| key | made from | protects | replaced |'],
  ['each class of data and its protection', '| class | data | protection |'],
  ['what the server connects to', '`BREACH_CHECK_URL`. It opens no other connection.'],
  [
    'how a session here and one at a provider end',
    'A log-out here does not end the session at the provider, and a log-out there does not end the one here.',
  ],
  [
    'which secrets are replaced, and when',
    'Rotate once a year, and when a person who knows the secrets leaves. At the same times replace the passwords in `DATABASE_URL`, `SMTP_URL` and `LIMITS_STORE`, and each `OIDC_…_CLIENT_SECRET`',
  ],
  ['the costly functions and their bounds', '| costly | bounded by |'],
])('docs/security.md says %s', (_what, sentence) => {
  expect(security).toContain(sentence)
})

test('docs/operations.md lists every event that is recorded, where and for how long', () => {
  for (const event of auditEvents) expect(operations).toContain(`\`${event}\``)
  expect(operations).toContain('| record | holds | goes to | kept |')
})
