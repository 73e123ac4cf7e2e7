import { readFileSync } from 'node:fs'
import { rateLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ownSpenders } from './own-spenders.ts'
import { spenders } from './spenders.ts'
import type { OwnLimit, SharedLimit } from './spenders.ts'

const security = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8')

/** The start of the row in docs/security.md, and what its second cell says of the limit. */
type Stated = readonly [points: number, window: keyof typeof windows, row: string, cell: string]

const minuteMs = 60_000
const windows = {
  minute: minuteMs,
  '10 minutes': 10 * minuteMs,
  hour: 60 * minuteMs,
  day: 24 * 60 * minuteMs,
} as const

const passkeys = 'log-ins by passkey from one address'
const hashes = 'hashes for right or wrong passwords'
const mails = 'requests for mail from one address'
const calls = 'mutations of one account'
const reserve = 'the same after the account has used its allowance'
const logins = 'log-ins of one account with the right password'
const audited = 'successful calls of one user that lead to an event'
const attempts = 'starts and ends of attempts with an outside identity'

/** Written out, so that a change of a limit in the code or in the page needs a change here. */
const stated: Record<OwnLimit | SharedLimit, Stated> = {
  loginFailuresPerAddress: [50, '10 minutes', 'wrong passwords from one address', '50 in 10 minutes;'],
  hashesPerCaller: [60, '10 minutes', hashes, '60 in 10 minutes;'],
  hashesPerAddress: [600, '10 minutes', hashes, '; 600;'],
  hashesPerNetwork: [1_200, '10 minutes', hashes, '; 1,200'],
  passkeyLoginsPerAddress: [600, '10 minutes', passkeys, '600 in 10 minutes; '],
  passkeyLoginsPerNetwork: [1_200, '10 minutes', passkeys, '; 1,200 in 10 minutes;'],
  passkeyFailuresPerAddress: [50, '10 minutes', passkeys, '; 50 in 10 minutes.'],
  signupsPerAddress: [60, 'hour', 'sign-ups from one address', '60 an hour;'],
  signupsPerNetwork: [600, 'hour', 'sign-ups from one address', '; 600 an hour'],
  mutationsPerAccount: [240, 'minute', calls, '240 a minute;'],
  queriesPerAccount: [1_200, 'minute', calls, '; 1,200 a minute;'],
  readBytesPerAccount: [32 * 1024 * 1024, 'minute', calls, '; 32 MB a minute;'],
  anonymousCallsPerAddress: [600, 'minute', calls, '; 600 a minute'],
  reserveCallsPerSession: [30, 'minute', reserve, '30 a minute;'],
  reserveCallsPerAccount: [120, 'minute', reserve, '; 120 a minute'],
  queriesPerToken: [600, 'minute', 'queries of one access token', '600 a minute;'],
  mutationsPerToken: [120, 'minute', 'queries of one access token', '; 120 a minute'],
  tokenFailuresPerAddress: [120, 'minute', 'access tokens from one address', '120 a minute;'],
  mailRequestsPerAddress: [30, 'hour', mails, '30 an hour;'],
  mailRequestsPerNetwork: [300, 'hour', mails, '; 300 an hour;'],
  mailRequestsPerAccount: [20, 'hour', mails, '; 20 an hour;'],
  unfinishedLoginMailsPerAccount: [3, 'hour', mails, '; 3 an hour'],
  linksPerAddress: [120, 'hour', 'links opened from one address', '120 an hour;'],
  identityAttemptsPerAddress: [240, '10 minutes', attempts, '240 in 10 minutes;'],
  identityAttemptsPerNetwork: [2_400, '10 minutes', attempts, '; 2,400'],
  invitationsPerUser: [200, 'hour', 'links opened from one address', '; 200 an hour'],
  passwordLoginsPerAccount: [100, 'hour', logins, '100 an hour;'],
  passwordLoginsWithoutDevicePerAccount: [70, 'hour', logins, '; 70 of them;'],
  passwordlessLoginsPerAccount: [30, 'hour', logins, '; 30 an hour;'],
  confirmationsPerSession: [10, 'hour', logins, '; 10 an hour.'],
  auditedCallsPerUser: [50, 'day', audited, '50 a day;'],
  adminActionsPerUser: [1_000, 'day', audited, '; 1,000 a day'],
  exportsPerUser: [20, 'hour', 'exports of one account', '20 an hour;'],
}

// Sound: the keys of the record.
const names = Object.keys(stated) as (keyof typeof stated)[]

test.each(names)('limit %s: is as the page states it', (name) => {
  const [points, window, row, cell] = stated[name]
  expect(rateLimits[name]).toEqual({ points, windowMs: windows[window] })
  const line = security.split('\n').find((each) => each.startsWith(`| ${row}`)) ?? ''
  expect(`; ${line.split('|')[2]?.trim()};`).toContain(cell)
})

test.each(names)('limit %s: the last call is allowed, and the next one is not', async (name) => {
  await using app = await testApp()
  const { key, spend } = await { ...spenders, ...ownSpenders }[name]([app, app])
  await app.services.rateLimits.consume(name, key, stated[name][0] - 1)
  expect([await spend(app), await spend(app)]).toEqual([true, false])
})
