import { composeRecovery } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { queuedMails } from './queued-mails.ts'

type RecoveryMail = NonNullable<Awaited<ReturnType<typeof composeRecovery>>>

/** Adds an address that the user has verified. */
export async function verifyAddress({ services }: TestApp, userId: string, address: string): Promise<void> {
  const { db, clock } = services
  await db.write((tx) =>
    tx
      .insertInto('emails')
      .values({
        id: `verified-${userId}`,
        user_id: userId,
        address,
        address_key: address.toLowerCase(),
        verified_at: clock(),
      })
      .execute(),
  )
}

/** Composes the recovery mails that wait, as the sender does. Null: the sender sends nothing. */
export async function composeRecoveryMails(app: TestApp): Promise<(RecoveryMail | null)[]> {
  const { services } = app
  const mails: (RecoveryMail | null)[] = []
  for (const { id, kind, request } of await queuedMails(app)) {
    if (kind !== 'recovery') continue
    const mail = await services.db.write(async (tx) => {
      // Sound: the request of this kind, as `queueMail` wrote it.
      const typed = request as unknown as Parameters<typeof composeRecovery>[2]
      const composed = await composeRecovery(tx, services, typed)
      // After the user, in the lock order of the sender.
      await tx.updateTable('outbox_mails').set({ next_at: null }).where('id', '=', id).execute()
      return composed
    })
    mails.push(mail)
  }
  return mails
}

/** Returns the secret of the last recovery mail, which must have been sent. */
export async function mailedSecret(app: TestApp): Promise<string> {
  const data = (await composeRecoveryMails(app)).at(-1)?.data
  const secret = data !== undefined && 'link' in data ? data.link.split('#')[1] : undefined
  if (secret === undefined) throw new Error('No recovery mail was sent.')
  return secret
}
