import { randomBytes } from 'node:crypto'
import { newId } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'

/**
 * Gives an account a passkey that no authenticator has.
 * @param options `raises`: it carries the sessions at level 2; else they stay at their level
 */
export async function givePasskey(app: TestApp, userId: string, { raises = true } = {}): Promise<string> {
  const id = newId(app.clock.now())
  const random = () => randomBytes(32).toString('base64url')
  await app.services.db.write(async (tx) => {
    const factor = { id, user_id: userId, kind: 'passkey', name: 'A passkey' } as const
    await tx
      .insertInto('factors')
      .values({ ...factor, created_at: app.clock.now(), last_used_at: null })
      .execute()
    await tx
      .insertInto('passkeys')
      .values({
        factor_id: id,
        credential_id: random(),
        public_key: random(),
        counter: 0,
        transports: '[]',
        aaguid: '00000000-0000-0000-0000-000000000000',
        device_type: 'multiDevice',
        backed_up: 1,
      })
      .execute()
    if (raises)
      await tx.updateTable('sessions').set({ factor_id: id }).where('user_id', '=', userId).execute()
  })
  return id
}
