import { composeVerification } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { queuedMails } from './queued-mails.ts'

type VerificationMail = NonNullable<Awaited<ReturnType<typeof composeVerification>>>

/** Composes the mails about entered addresses that wait, as the sender does. Null: it sends nothing. */
export async function composeVerificationMails(app: TestApp): Promise<(VerificationMail | null)[]> {
  const { services } = app
  const mails: (VerificationMail | null)[] = []
  for (const { id, kind, request } of await queuedMails(app)) {
    if (kind !== 'email-verification') continue
    const mail = await services.db.write(async (tx) => {
      // Sound: the request of this kind, as `queueMail` wrote it.
      const composed = await composeVerification(
        tx,
        services,
        request as unknown as Parameters<typeof composeVerification>[2],
      )
      // After the user, in the lock order of the sender.
      await tx.updateTable('outbox_mails').set({ next_at: null }).where('id', '=', id).execute()
      return composed
    })
    mails.push(mail)
  }
  return mails
}

/** Returns the secret of the last mail that confirms this address, which must have been sent. */
export async function verificationSecret(app: TestApp, address: string): Promise<string> {
  const mails = await composeVerificationMails(app)
  const mail = mails.findLast((each) => each?.kind === 'verify-address' && each.to === address)
  const secret = mail?.kind === 'verify-address' ? mail.data.link.split('#')[1] : undefined
  if (secret === undefined) throw new Error(`No link was mailed to ${address}.`)
  return secret
}

/** Opens the link that was mailed last to this address. */
export async function confirmAddress(app: TestApp, address: string): Promise<void> {
  await app.api.email.verify.mutate({ secret: await verificationSecret(app, address) })
}
