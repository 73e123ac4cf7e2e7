import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure } from '../support/raw-call.ts'
import { composeRecoveryMails, verifyAddress } from '../support/recovery-mails.ts'
import { expectWinners, inParallel, serverPair, tally } from '../support/server-pair.ts'
import type { ServerPair } from '../support/server-pair.ts'

/** Tries which of these passwords log in. */
async function workingPasswords(servers: ServerPair, username: string, candidates: string[]) {
  const working: string[] = []
  for (const candidate of candidates) {
    const login = servers.first.newClient().auth.login.mutate({ username, password: candidate })
    if ((await failure(login)) === undefined) working.push(candidate)
  }
  return working
}

describeOnEach('a recovery link', (databaseKind) => {
  test('resets the password once for 16 concurrent calls on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    for (const username of ['ada', 'bob']) {
      await signUp(servers.first, username)
      const secret = await newRecoverySecret(servers.first, username)
      const written = await eventsOf(servers.first, async () => {
        const outcomes = await inParallel(
          (index) =>
            failure(
              servers
                .at(index)
                .newClient()
                .recovery.reset.mutate({ secret, newPassword: `a better battery ${index}` }),
            ),
          16,
        )
        expect(tally(outcomes)).toEqual({ ok: 1, LINK_INVALID: 15 })
      })
      expect(written).toEqual(['password-reset'])
      const candidates = Array.from({ length: 16 }, (_, index) => `a better battery ${index}`)
      expect(await workingPasswords(servers, username, [password, ...candidates])).toHaveLength(1)
    }
  })

  test('and a change of the password: the later one decides, and no session or link survives it', async () => {
    await using servers = await serverPair(databaseKind)
    for (const username of ['ada', 'bob', 'cyd', 'dee']) {
      const { api, id } = await signUp(servers.first, username)
      const secret = await newRecoverySecret(servers.first, username)
      const [change, reset] = await Promise.all([
        failure(
          api.account.changePassword.mutate({ currentPassword: password, newPassword: 'a changed battery' }),
        ),
        failure(servers.at(1).newClient().recovery.reset.mutate({ secret, newPassword: 'a reset battery' })),
      ])
      // Whichever comes first ends the other: the session of the change, or the link of the reset.
      expect([change, reset].filter((outcome) => outcome === undefined)).toHaveLength(1)
      const candidates = [password, 'a changed battery', 'a reset battery']
      const won = change === undefined ? 'a changed battery' : 'a reset battery'
      expect(await workingPasswords(servers, username, candidates)).toEqual([won])
      const links = await servers.first.services.db.read
        .selectFrom('one_time_secrets')
        .where('subject', '=', id)
        .select('hash')
        .execute()
      expect(links).toEqual([])
    }
  })

  test('and the closing of the account: no credential, session or link is left', async () => {
    await using servers = await serverPair(databaseKind)
    for (const username of ['ada', 'bob', 'cyd', 'dee']) {
      const { api } = await signUp(servers.first, username)
      const secret = await newRecoverySecret(servers.first, username)
      const outcomes = await Promise.all([
        failure(api.account.close.mutate()),
        failure(servers.at(1).newClient().recovery.reset.mutate({ secret, newPassword: 'a reset battery' })),
      ])
      expectWinners(outcomes, 1, ['SESSION_EXPIRED', 'UNAUTHENTICATED', 'LINK_INVALID'])
    }
    const { read } = servers.first.services.db
    const users = await read.selectFrom('users').select('id').execute()
    for (const table of ['password_credentials', 'sessions'] as const) {
      const owners = await read.selectFrom(table).select('user_id').execute()
      expect(owners.every(({ user_id: id }) => users.some((user) => user.id === id))).toBe(true)
    }
    expect(await read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
  })

  test('and disabling: no session is open and no link works afterwards', async () => {
    await using servers = await serverPair(databaseKind)
    const root = await addAdmin(servers.first, 'root')
    for (const username of ['ada', 'bob', 'cyd', 'dee']) {
      const { id } = await signUp(servers.first, username)
      const secret = await newRecoverySecret(servers.first, username)
      const [disabled, reset] = await Promise.all([
        failure(root.api.users.setDisabled.mutate({ id, disabled: true })),
        failure(servers.at(1).newClient().recovery.reset.mutate({ secret, newPassword: 'a reset battery' })),
      ])
      expect(disabled).toBeUndefined()
      expect([undefined, 'LINK_INVALID']).toContain(reset?.reason)
      await root.api.users.setDisabled.mutate({ id, disabled: false })
      const again = servers.first.newClient().recovery.inspect.mutate({ secret })
      expect(await failure(again)).toEqual({ reason: 'LINK_INVALID' })
      const won = reset === undefined ? 'a reset battery' : password
      expect(await workingPasswords(servers, username, [password, 'a reset battery'])).toEqual([won])
    }
  })

  test('remains the only one of 16 that admins and mails issue at once', async () => {
    await using servers = await serverPair(databaseKind)
    const roots = await inParallel((index) => addAdmin(servers.at(index), `root-${index}`), 2)
    const ada = await signUp(servers.first, 'ada')
    await verifyAddress(servers.first, ada.id, 'ada@example.org')
    await servers.first.api.recovery.request.mutate({ identifier: 'ada' })
    const outcomes = await inParallel((index) => {
      const root = roots[index % 2]
      if (root === undefined) throw new Error('There is no such admin.')
      return failure(root.api.recovery.issueLink.mutate({ id: ada.id }))
    }, 16)
    await composeRecoveryMails(servers.first)
    expect(tally(outcomes)).toEqual({ ok: 16 })
    const links = await servers.first.services.db.read
      .selectFrom('one_time_secrets')
      .select('purpose')
      .orderBy('purpose')
      .execute()
    expect(links).toEqual([{ purpose: 'issued-recovery' }, { purpose: 'recovery' }])
  })
})
