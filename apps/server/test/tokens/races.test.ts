import { tokenLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { newAdmin, newUser } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair } from '../support/server-pair.ts'

const rounds = [1, 2, 3]

describeOnEach('races of access tokens on two servers', (databaseKind) => {
  test('16 concurrent creations pass the limit by none', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    const { id, cookie } = await newUser(first)
    const free = 3
    for (let count = free; count < tokenLimits.perAccount; count += 1)
      await giveToken(first, id, { scopes: [] })
    const answers = await inParallel(
      (index) =>
        post(servers.at(index).url, 'tokens.create', { name: `${index}`, scopes: ['account:read'] }, cookie),
      16,
    )
    expectWinners(answers.map(reasonIn), free, ['TOO_MANY_TOKENS'])
  })

  test('8 concurrent revocations: one succeeds', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    const [user, admin] = [await newUser(first), await newAdmin(first)]
    for (const _ of rounds) {
      const { id } = await giveToken(first, user.id, { scopes: [] })
      const answers = await inParallel((index) =>
        index % 4 < 2
          ? post(servers.at(index).url, 'tokens.revoke', { id }, user.cookie)
          : post(servers.at(index).url, 'users.revokeToken', { id }, admin.cookie),
      )
      expectWinners(answers.map(reasonIn), 1, ['NOT_FOUND'])
    }
  })

  test('no call that begins after a revocation succeeds, and none changes anything after it', async () => {
    await using servers = await serverPair(databaseKind)
    const { first } = servers
    const user = await newUser(first)
    for (const round of rounds) {
      const { id, token } = await giveToken(first, user.id, { scopes: ['account:write'] })
      await get(servers.at(1).url, 'account.me', { token })
      const changes = inParallel(async (index) => {
        const name = `round ${round}, call ${index}`
        return reasonIn(await post(servers.at(index).url, 'account.updateProfile', { name }, { token }))
      })
      const revoked = await post(first.url, 'tokens.revoke', { id }, user.cookie)
      expect(revoked.status).toBe(200)
      // From here on every server rejects the token.
      const { name } = await user.api.account.me.query({})
      for (const index of [0, 1]) {
        expect(reasonIn(await get(servers.at(index).url, 'account.me', { token }))).toBe('UNAUTHENTICATED')
        const late = await post(servers.at(index).url, 'account.updateProfile', { name: 'Late' }, { token })
        expect(reasonIn(late)).toBe('UNAUTHENTICATED')
      }
      for (const reason of await changes) expect([undefined, 'UNAUTHENTICATED']).toContain(reason)
      expect((await user.api.account.me.query({})).name).toBe(name)
    }
  })

  test('a change and the disabling of its user: no deadlock, and the token is dead afterwards', async () => {
    await using servers = await serverPair(databaseKind)
    const admin = await newAdmin(servers.first)
    for (const _ of rounds) {
      const user = await newUser(servers.first)
      const { token } = await giveToken(servers.first, user.id, { scopes: ['account:write'] })
      const answers = await inParallel(async (index) =>
        index === 3
          ? reasonIn(
              await post(
                servers.at(index).url,
                'users.setDisabled',
                { id: user.id, disabled: true },
                admin.cookie,
              ),
            )
          : reasonIn(
              await post(servers.at(index).url, 'account.updateProfile', { name: `N${index}` }, { token }),
            ),
      )
      expect(answers[3]).toBeUndefined()
      for (const reason of answers) expect([undefined, 'UNAUTHENTICATED']).toContain(reason)
      expect(reasonIn(await get(servers.at(1).url, 'account.me', { token }))).toBe('UNAUTHENTICATED')
    }
  })
})
