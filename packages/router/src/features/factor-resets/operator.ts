import { ExistingUsername } from '@app/contract'
import { catchFailures } from '../../catch-failures.ts'
import type { Outcome } from '../../catch-failures.ts'
import type { Services } from '../../context.ts'
import { systemActor } from '../audit/index.ts'
import { listFactors } from '../factors/index.ts'
import type { FactorKind } from '../factors/index.ts'
import { countCodes } from '../recovery-codes/index.ts'
import { findUserByUsername } from '../users/index.ts'
import { requestReset } from './request-reset.ts'
import type { RequestedReset } from './request-reset.ts'
import { findReset } from './store.ts'

interface ShownFactor {
  kind: FactorKind
  name: string
  /** Milliseconds since 1970 UTC. */
  createdAt: number
  lastUsedAt: number | null
  /** Of recovery codes, how many work; else null. */
  codesLeft: number | null
}

export interface UserFactors {
  username: string
  factors: ShownFactor[]
  /** When a requested reset takes effect, in milliseconds since 1970 UTC; null without one. */
  resetAt: number | null
}

/** Lists the second factors of a user for an operator on this machine. */
export function listUserFactors(
  { db, clock }: Services,
  typedUsername: string,
): Promise<Outcome<UserFactors, 'NOT_FOUND'>> {
  return catchFailures(['NOT_FOUND'], async (fail) => {
    const user = await findNamed(db, typedUsername)
    if (user === undefined) throw fail('NOT_FOUND')
    const factors: ShownFactor[] = []
    for (const { id, kind, name, created_at: createdAt, last_used_at: lastUsedAt } of await listFactors(
      db.read,
      user.id,
    )) {
      const codesLeft = kind === 'recovery' ? await countCodes(db.read, id) : null
      factors.push({ kind, name, createdAt, lastUsedAt, codesLeft })
    }
    const reset = await findReset(db.read, { userId: user.id, now: clock() })
    return { username: user.username, factors, resetAt: reset?.effective_at ?? null }
  })
}

/** Requests a reset for an operator on this machine. */
export function requestFactorReset(
  services: Services,
  typedUsername: string,
): Promise<Outcome<RequestedReset, 'NOT_FOUND'>> {
  return catchFailures(['NOT_FOUND'], async (fail) => {
    const user = await findNamed(services.db, typedUsername)
    const requested =
      user && (await services.db.write((tx) => requestReset(tx, { ...services, ...systemActor }, user.id)))
    if (!requested) throw fail('NOT_FOUND')
    return requested
  })
}

async function findNamed(db: Services['db'], typedUsername: string) {
  const username = ExistingUsername.safeParse(typedUsername)
  return username.success ? findUserByUsername(db.read, username.data) : undefined
}
