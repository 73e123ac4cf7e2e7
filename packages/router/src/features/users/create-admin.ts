import { ExistingUsername, NewPassword } from '@app/contract'
import type * as z from 'zod/mini'
import { catchFailures } from '../../catch-failures.ts'
import type { Outcome } from '../../catch-failures.ts'
import type { Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { systemActor, recordEvent } from '../audit/index.ts'
import { checkChosenPassword, hashFirstPassword } from '../passwords/index.ts'
import { createAccount } from './create-account.ts'
import { freeUsername, isTaken } from './retire.ts'
import { findUserByUsername } from './store.ts'

export interface NewAdmin {
  /** As typed; reserved names are allowed. */
  username: string
  /** Called only when the name is available. */
  password: () => Promise<string>
  /** Allows the user name of a closed account. Default: false. */
  reusesName?: boolean
}

type AdminFailure = 'INVALID_INPUT' | 'USERNAME_TAKEN' | 'PASSWORD_REJECTED' | 'BUSY'

/**
 * Creates an admin for an operator on this machine; the first admin is created this way. The password rules
 * are those of a sign-up. The event names the system as actor, and the user name if it was that of a closed
 * account.
 */
export function createAdmin(
  services: Services,
  { username: typedUsername, password: askPassword, reusesName = false }: NewAdmin,
): Promise<Outcome<{ username: string }, AdminFailure>> {
  const { db, clock } = services
  return catchFailures(['INVALID_INPUT', 'USERNAME_TAKEN', 'PASSWORD_REJECTED', 'BUSY'], async (fail) => {
    const username = parse(fail, 'username', ExistingUsername, typedUsername)
    const isFree = reusesName
      ? (await findUserByUsername(db.read, username)) === undefined
      : !(await isTaken(db.read, username))
    if (!isFree) throw fail('USERNAME_TAKEN')
    const password = parse(fail, 'password', NewPassword, await askPassword())
    const identity = { username, name: username, email: null }
    await checkChosenPassword(
      { ...services, ...systemActor, fail },
      { password, field: 'password', identity },
    )
    const passwordHash = await hashFirstPassword(
      { ...services, ...systemActor, fail },
      { username, password },
    )

    await db.write(async (tx) => {
      const wasRetired = reusesName && (await freeUsername(tx, username))
      const account = { username, name: username, role: 'admin', passwordHash } as const
      const created = await createAccount(tx, services, account)
      // Thrown, so that the transaction rolls back and the name stays retired.
      if (created === null) throw fail('USERNAME_TAKEN')
      const detail = { role: account.role, ...(wasRetired ? { reusedName: username } : {}) }
      const event = { event: 'account-created', subject: created.id, detail } as const
      await recordEvent(tx, { clock, ...systemActor }, event)
    })
    return { username }
  })
}

function parse<T>(fail: Fail<'INVALID_INPUT'>, field: string, schema: z.ZodMiniType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw fail('INVALID_INPUT', {
    fields: { [field]: parsed.error.issues.map((issue) => issue.message) },
    form: [],
  })
}
