import { searchKey } from '@app/contract'
import { rowMaker } from './row-makers.ts'
import {
  addressOf,
  dayMs,
  displayNameOf,
  hashOf,
  idOf,
  recentTime,
  scattered,
  signupTime,
  userAgent,
  userIdOf,
  usernameOf,
} from './values.ts'

const sessionDays = 30

/** Accounts, and what each log-in leaves. The tables stand after those that they refer to. */
export const accountRows = [
  rowMaker('users', 1, (row, all) => ({
    id: userIdOf(row, all),
    username: usernameOf(row),
    name: displayNameOf(row),
    name_key: searchKey(displayNameOf(row)),
    role: 'user' as const,
    disabled_at: row % 100 === 99 ? all.to : null,
    created_at: signupTime(row, all),
  })),
  rowMaker('emails', 1, (row, all) => ({
    id: idOf(row, signupTime(row, all)),
    user_id: userIdOf(row, all),
    address: addressOf(row),
    address_key: addressOf(row),
    verified_at: row % 4 === 3 ? null : signupTime(row, all),
  })),
  rowMaker('password_credentials', 1, (row, all) => ({
    user_id: userIdOf(row, all),
    hash: all.passwordHash,
    version: 1,
    changed_at: signupTime(row, all),
  })),
  rowMaker('sessions', 1.2, (row, all, rows) => {
    const at = recentTime(row, rows, { days: sessionDays - 2, to: all.to })
    return {
      id: idOf(row, at),
      user_id: userIdOf(scattered(row, all), all),
      token_hash: hashOf('session', row),
      created_at: at,
      last_seen_at: at,
      idle_until: at + 14 * dayMs,
      ends_at: at + sessionDays * dayMs,
      remembered: 1 as const,
      authenticated_at: at,
      amr: 'pwd',
      ip: '192.0.2.1',
      user_agent: userAgent,
    }
  }),
  rowMaker('access_tokens', 0.2, (row, all, rows) => {
    const at = recentTime(row, rows, { days: 117, to: all.to })
    return {
      id: idOf(row, at),
      user_id: userIdOf(scattered(row, all), all),
      hash: hashOf('token', row),
      hint: 'acctpat_…abcd',
      name: `Backup ${row}`,
      scopes: 'account:read',
      level: 1 as const,
      created_at: at,
      expires_at: at + 90 * dayMs,
      last_used_at: at,
    }
  }),
  rowMaker('known_devices', 1, (row, all) => ({
    user_id: userIdOf(row, all),
    device_hash: hashOf('device', row),
    created_at: signupTime(row, all),
    last_used_at: signupTime(row, all),
  })),
]
