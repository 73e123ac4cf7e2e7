import { readFileSync } from 'node:fs'
import { rateLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ownSpenders } from './own-spenders.ts'
import { spenders } from './spenders.ts'
import type { OwnLimit, SharedLimit } from './spenders.ts'

const security = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8')

/** The first cell of its row in docs/security.md. */
type Stated = readonly [points: number, window: keyof typeof windows, row: string]

const megabyte = 1024 * 1024
const minuteMs = 60_000
const windows = {
  'a minute': minuteMs,
  'in 10 minutes': 10 * minuteMs,
  'an hour': 60 * minuteMs,
  'a day': 24 * 60 * minuteMs,
} as const

const hashes = 'hashes without a known device, of one'
const anyHashes =
  'hashes for right or wrong passwords, of one account without a known device, of one known device, or of one session'
const attempts = 'starts and ends of attempts with an outside identity, of one'
const logins = 'log-ins of one account'
const audited = 'successful calls of one user that lead to an event and can be repeated, of each procedure'
const byAdmin = 'the same calls of one admin about other users, of all sessions and of all access tokens'
const unknownTokens = 'access tokens from one address that are well-formed and do not exist'
const unfinished = 'mails of one account about log-ins that stop before the second factor'
const failures = 'wrong passwords from one address, except log-ins from known devices'

/** Written out, so that a change of a limit in the code or in the page needs a change here. */
const stated: Record<OwnLimit | SharedLimit, Stated> = {
  loginFailuresPerAddress: [50, 'in 10 minutes', failures],
  hashesPerCaller: [60, 'in 10 minutes', anyHashes],
  hashesPerAddress: [600, 'in 10 minutes', `${hashes} address`],
  hashesPerNetwork: [1_200, 'in 10 minutes', `${hashes} network`],
  passkeyLoginsPerAddress: [600, 'in 10 minutes', 'log-ins by passkey from one address'],
  passkeyLoginsPerNetwork: [1_200, 'in 10 minutes', 'log-ins by passkey from one network'],
  passkeyFailuresPerAddress: [
    50,
    'in 10 minutes',
    'failed log-ins by passkey from one address, in the audit log',
  ],
  signupsPerAddress: [60, 'an hour', 'sign-ups from one address'],
  signupsPerNetwork: [600, 'an hour', 'sign-ups from one network'],
  mutationsPerAccount: [240, 'a minute', 'mutations of one account'],
  queriesPerAccount: [1_200, 'a minute', 'queries of one account, each of a batch'],
  readBytesPerAccount: [32 * megabyte, 'a minute', 'bytes that one account receives'],
  anonymousCallsPerAddress: [600, 'a minute', 'calls of one address without a live session'],
  reserveCallsPerSession: [30, 'a minute', 'calls of one session beyond the allowances of its account'],
  reserveCallsPerAccount: [120, 'a minute', 'calls of one account beyond its allowances'],
  queriesPerToken: [600, 'a minute', 'queries of one access token'],
  mutationsPerToken: [120, 'a minute', 'mutations of one access token'],
  tokenFailuresPerAddress: [120, 'a minute', unknownTokens],
  mailRequestsPerAddress: [30, 'an hour', 'requests for mail from one address'],
  mailRequestsPerNetwork: [300, 'an hour', 'requests for mail from one network'],
  mailRequestsPerAccount: [20, 'an hour', 'requests for mail of one account'],
  unfinishedLoginMailsPerAccount: [3, 'an hour', unfinished],
  linksPerAddress: [120, 'an hour', 'links opened from one address'],
  identityAttemptsPerAddress: [240, 'in 10 minutes', `${attempts} address`],
  identityAttemptsPerNetwork: [2_400, 'in 10 minutes', `${attempts} network`],
  invitationsPerUser: [200, 'an hour', 'invitations of one admin'],
  passwordLoginsPerAccount: [100, 'an hour', `${logins} with the right password`],
  passwordLoginsWithoutDevicePerAccount: [
    70,
    'an hour',
    `${logins} with the right password, without a known device`,
  ],
  passwordlessLoginsPerAccount: [30, 'an hour', `${logins} by passkey or outside identity`],
  confirmationsPerSession: [10, 'an hour', 'right proofs in one session'],
  auditedCallsPerUser: [50, 'a day', audited],
  adminActionsPerUser: [1_000, 'a day', byAdmin],
  exportsPerUser: [20, 'an hour', 'exports of one account'],
}

// Sound: the keys of the record.
const names = Object.keys(stated) as (keyof typeof stated)[]

test.each(names)('limit %s: is as the page states it', (name) => {
  const [points, window, row] = stated[name]
  expect(rateLimits[name]).toEqual({ points, windowMs: windows[window] })
  const shown = points >= megabyte ? `${points / megabyte} MB` : points.toLocaleString('en-US')
  expect(security).toContain(`\n| ${row} | ${shown} ${window} |`)
})

test.each(names)('limit %s: the last call is allowed, and the next one is not', async (name) => {
  await using app = await testApp()
  const { key, spend } = await { ...spenders, ...ownSpenders }[name]([app, app])
  await app.services.rateLimits.consume(name, key, stated[name][0] - 1)
  expect([await spend(app), await spend(app)]).toEqual([true, false])
})
