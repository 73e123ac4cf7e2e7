import { rowMaker } from './row-makers.ts'
import {
  addressOf,
  dayMs,
  hashOf,
  idOf,
  recentTime,
  scattered,
  signupTime,
  userAgent,
  userIdOf,
} from './values.ts'

/** What happens to accounts, and is deleted after a time. No row is due in the first two days. */
export const eventRows = [
  rowMaker('audit_events', 2, (row, all, rows) => {
    const at = recentTime(row, rows, { days: 175, to: all.to })
    const user = userIdOf(scattered(row, all), all)
    const isFailure = row % 10 === 9
    return {
      id: idOf(row, at),
      at,
      event: isFailure ? 'login-failed' : 'login',
      actor_kind: isFailure ? ('anonymous' as const) : ('user' as const),
      actor_id: isFailure ? null : user,
      subject: user,
      ip: '192.0.2.1',
      user_agent: userAgent,
      request_id: null,
      detail: null,
    }
  }),
  rowMaker('login_throttles', 0.2, (row, all, rows) => ({
    bucket: `name:${hashOf('throttle', row)}`,
    failures: 3,
    closed_until: 0,
    purge_at: recentTime(row, rows, { days: 1, to: all.to + 3 * dayMs }),
  })),
  rowMaker('one_time_secrets', 0.2, (row, all, rows) => ({
    hash: hashOf('secret', row),
    subject: userIdOf(row, all),
    purpose: 'recovery',
    expires_at: recentTime(row, rows, { days: 1, to: all.to + 3 * dayMs }),
    issued_by: row % 10 === 9 ? userIdOf(scattered(row, all), all) : null,
  })),
  rowMaker('outbox_mails', 0.4, (row, all, rows) => {
    const at = recentTime(row, rows, { days: 5, to: all.to })
    return {
      id: idOf(row, at),
      kind: 'new-device-login',
      composed: 1,
      user_id: userIdOf(scattered(row, all), all),
      recipient: null,
      recipient_hmac: hashOf('address', row),
      sealed: null,
      created_at: at,
      useless_at: at + dayMs,
      attempts: 1,
      next_at: null,
      claim: null,
      sent_at: at,
      failed_at: null,
      problem: null,
    }
  }),
  rowMaker('invitations', 0.2, (row, all, rows) => {
    const at = recentTime(row, rows, { days: 90, to: all.to })
    return {
      id: idOf(row, at),
      address: addressOf(row),
      address_key: addressOf(row),
      address_proved: 1,
      role: 'user' as const,
      created_at: at,
      created_by: null,
      expires_at: at + 7 * dayMs,
      accepted_at: at,
      accepted_by: userIdOf(row, all),
      revoked_at: null,
    }
  }),
  rowMaker('used_challenges', 0.2, (row, all, rows) => ({
    hash: hashOf('challenge', row),
    expires_at: recentTime(row, rows, { days: 1, to: all.to + 3 * dayMs }),
  })),
  // Of every second user.
  rowMaker('identities', 0.5, (row, all) => ({
    id: idOf(row, signupTime(2 * row, all)),
    user_id: userIdOf(2 * row, all),
    provider: 'example',
    issuer: 'https://id.example.com',
    subject: hashOf('subject', row),
    name: addressOf(2 * row),
    created_at: signupTime(2 * row, all),
    last_used_at: null,
  })),
]

/** Filled last: no server deletes these rows, so they show that the filling has ended. */
export const lastRows = rowMaker('retired_usernames', 0.2, (row) => ({ hmac: hashOf('retired', row) }))
