import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { signUp } from '../support/actors.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair, tally } from '../support/server-pair.ts'
import {
  composeVerificationMails,
  confirmAddress,
  verificationSecret,
} from '../support/verification-mails.ts'

const address = 'ada@example.org'

describeOnEach('addresses, at once', (databaseKind) => {
  test('addresses, at once: of 16 confirmations by one link on two servers one has an effect', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    await signUp(first, 'ada', { email: address })
    const secret = await verificationSecret(first, address)
    const outcomes = await inParallel(
      (index) => failure(servers.at(index).newClient().email.verify.mutate({ secret })),
      16,
    )
    expectWinners(outcomes, 1, ['LINK_INVALID'])
    const { read } = first.services.db
    const emails = await read.selectFrom('emails').select(['address', 'verified_at']).execute()
    expect(emails).toEqual([{ address, verified_at: first.clock.now() }])
    const events = await read
      .selectFrom('audit_events')
      .where('event', '=', 'email-verified')
      .select('id')
      .execute()
    expect(events).toHaveLength(1)
    expect(await read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
  })

  test('addresses, at once: of 8 accounts that confirm one address, one has it', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    const names = Array.from({ length: 8 }, (_, index) => `user-${index}`)
    for (const name of names) await signUp(first, name, { email: address })
    const links = (await composeVerificationMails(first)).map((mail) =>
      mail?.kind === 'verify-address' ? (mail.data.link.split('#')[1] ?? '') : '',
    )
    const outcomes = await inParallel((index) =>
      failure(
        servers
          .at(index)
          .newClient()
          .email.verify.mutate({ secret: links[index] ?? '' }),
      ),
    )
    expectWinners(outcomes, 1, ['LINK_INVALID'])
    const verified = await first.services.db.read
      .selectFrom('emails')
      .where('verified_at', 'is not', null)
      .select('user_id')
      .execute()
    expect(verified).toHaveLength(1)
  })

  test('addresses, at once: changes, requests and removals leave a consistent account', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    const ada = await signUp(first, 'ada', { email: address })
    await confirmAddress(first, address)
    await newRecoverySecret(first, 'ada')
    const outcomes = await inParallel((index): Promise<{ reason: string } | undefined> => {
      const { email } = ada.api
      if (index % 4 === 0) return failure(email.remove.mutate())
      if (index % 4 === 1) return failure(email.requestVerification.mutate())
      return failure(email.change.mutate({ email: `ada-${index}@example.org` }))
    }, 16)
    expect(Object.keys(tally(outcomes)).filter((reason) => !['ok', 'NOT_FOUND'].includes(reason))).toEqual([])
    const emails = await first.services.db.read.selectFrom('emails').select('verified_at').execute()
    expect(emails.length).toBeLessThanOrEqual(1)
    expect(await first.services.db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
  })
})
