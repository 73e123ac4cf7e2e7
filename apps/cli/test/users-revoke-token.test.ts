import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

async function createToken(app: TestApp) {
  const api = app.newClient()
  await api.auth.signup.mutate(signupInput({ username: 'ada', password: 'correct horse battery' }))
  return api.tokens.create.mutate({ name: 'Backup', scopes: ['account:read'] })
}

const revoke = (app: TestApp, ...args: string[]) =>
  runCommand(['users', 'revoke-token', ...args], { url: app.databaseUrl })

describeOnEach('users revoke-token', (databaseKind) => {
  test.each(['token', 'id'] as const)('revokes by the %s, and the next call fails', async (by) => {
    await using app = await testApp({ databaseKind })
    const created = await createToken(app)
    const client = app.newClient({ token: created.token })
    expect((await client.account.me.query()).username).toBe('ada')

    const ended = await revoke(app, created[by])
    expect(ended).toEqual({ code: 0, stdout: `Revoked ${created.id}, a token of ada.\n`, stderr: '' })

    await expect(client.account.me.query()).rejects.toMatchObject({
      data: { failure: { reason: 'UNAUTHENTICATED' } },
    })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'token-revoked')
      .select(['actor_kind', 'detail'])
      .execute()
    const detail = JSON.stringify({ tokenId: created.id, name: 'Backup' })
    expect(events).toEqual([{ actor_kind: 'system', detail }])
  })
})

test('users revoke-token: an unknown token is an error, and is not repeated', async () => {
  await using app = await testApp()
  const { id, token } = await createToken(app)
  await revoke(app, id)
  for (const unknown of [id, token, `${token.slice(0, -1)}_`]) {
    const ended = await revoke(app, unknown)
    expect({ ...ended, stderr: ended.stderr.slice(0, 31) }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no such access token. ',
    })
  }
})
