import type { Population } from './row-makers.ts'
import { rowMaker } from './row-makers.ts'
import { dayMs, hashOf, idOf, recentTime, signupTime, userIdOf } from './values.ts'

/** One of these for each user who has a second factor. */
const kinds = ['totp', 'recovery', 'passkey'] as const

/** Second factors of every fifth part of the users. */
export const factorRows = [
  rowMaker('factors', 0.2 * kinds.length, (row, all) => {
    const user = Math.floor(row / kinds.length)
    return {
      id: factorIdOf(user, kinds[row % kinds.length] ?? 'totp', all),
      user_id: userIdOf(user, all),
      kind: kinds[row % kinds.length] ?? 'totp',
      name: '',
      created_at: signupTime(user, all),
      last_used_at: null,
    }
  }),
  rowMaker('totp_secrets', 0.2, (row, all) => ({
    factor_id: factorIdOf(row, 'totp', all),
    sealed: `${all.sealPrefix}${hashOf('totp', row)}`,
    last_step: 0,
  })),
  rowMaker('recovery_codes', 0.4, (row, all) => ({
    hash: hashOf('code', row),
    factor_id: factorIdOf(Math.floor(row / 2), 'recovery', all),
  })),
  rowMaker('passkeys', 0.2, (row, all) => ({
    factor_id: factorIdOf(row, 'passkey', all),
    credential_id: hashOf('passkey', row),
    public_key: hashOf('key', row),
    counter: 0,
    transports: '["internal"]',
    aaguid: '00000000-0000-0000-0000-000000000000',
    device_type: 'multiDevice' as const,
    backed_up: 1 as const,
  })),
  rowMaker('totp_enrollments', 0.2, (row, all, rows) => ({
    user_id: userIdOf(row, all),
    session_id: idOf(row, all.to),
    sealed: hashOf('enrollment', row),
    expires_at: recentTime(row, rows, { days: 2, to: all.to + dayMs }),
    wrong_codes: 0,
  })),
  rowMaker('factor_resets', 0.2, (row, all) => ({
    user_id: userIdOf(row, all),
    requested_at: all.to,
    effective_at: all.to + dayMs,
  })),
]

function factorIdOf(user: number, kind: (typeof kinds)[number], all: Population): string {
  return idOf(user * kinds.length + kinds.indexOf(kind), signupTime(user, all))
}
