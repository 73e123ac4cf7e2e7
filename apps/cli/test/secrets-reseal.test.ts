import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const [oldSecret, newSecret] = ['an old secret of thirty-two bytes', 'a new secret of thirty-two bytes.']
const secretOfApp = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

describeOnEach('secrets reseal', (databaseKind) => {
  test('seals every secret with the newest one, and again changes nothing', async () => {
    await using app = await testApp({ databaseKind, settings: { authSecrets: [oldSecret] } })
    const ids = [await addFactor(app, 'ada'), await addFactor(app, 'ben')]
    const rotated = { AUTH_SECRETS: `${newSecret},${oldSecret}` }
    expect(await reseal(app, rotated)).toEqual({
      code: 0,
      stdout: 'Sealed 2 secrets with the newest of AUTH_SECRETS.\n',
      stderr: '',
    })
    await using after = await testApp({
      databaseUrl: app.databaseUrl,
      settings: { authSecrets: [newSecret] },
    })
    const rows = await after.services.db.read.selectFrom('totp_secrets').selectAll().execute()
    expect(rows.map(({ factor_id: id }) => id).toSorted()).toEqual(ids.map(({ id }) => id).toSorted())
    for (const { factor_id: id, sealed } of rows) {
      const userId = ids.find((factor) => factor.id === id)?.userId ?? ''
      expect(after.services.totpSealer.open(sealed, [userId, id])).toBe(secretOfApp)
    }
    expect(await reseal(app, { AUTH_SECRETS: newSecret })).toMatchObject({
      code: 0,
      stdout: 'Sealed 0 secrets with the newest of AUTH_SECRETS.\n',
    })
  })

  test('fails while a secret cannot be read, and removes its app on request', async () => {
    await using app = await testApp({ databaseKind, settings: { authSecrets: [oldSecret] } })
    const { userId } = await addFactor(app, 'ada')
    expect(await reseal(app, { AUTH_SECRETS: newSecret })).toEqual({
      code: 1,
      stdout: 'Sealed 0 secrets with the newest of AUTH_SECRETS.\n',
      stderr: expect.stringContaining('1 secret cannot be read: AUTH_SECRETS lacks the one that sealed it'),
    })
    expect(await reseal(app, { AUTH_SECRETS: newSecret }, '--remove-unreadable')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Removed 1 authenticator app whose secret cannot be read.\n'),
    })
    const { db } = app.services
    expect(await db.read.selectFrom('factors').selectAll().execute()).toEqual([])
    const events = await db.read
      .selectFrom('audit_events')
      .where('event', '=', 'totp-removed')
      .select(['actor_kind', 'subject'])
      .execute()
    expect(events).toEqual([{ actor_kind: 'system', subject: userId }])
  })
})

async function addFactor(app: TestApp, username: string): Promise<{ id: string; userId: string }> {
  const input = signupInput({ username, password: 'correct horse battery' })
  const { user } = await app.newClient().auth.signup.mutate(input)
  // The name of the user makes the id unique and keeps the order.
  const id = `factor-${username}`
  const sealed = app.services.totpSealer.seal(secretOfApp, [user.id, id])
  await app.services.db.write(async (tx) => {
    await tx
      .insertInto('factors')
      .values({
        id,
        user_id: user.id,
        kind: 'totp',
        name: '',
        created_at: app.clock.now(),
        last_used_at: null,
      })
      .execute()
    await tx.insertInto('totp_secrets').values({ factor_id: id, sealed, last_step: 0 }).execute()
  })
  return { id, userId: user.id }
}

function reseal(app: TestApp, environment: { AUTH_SECRETS: string }, ...more: string[]) {
  return runCommand(['secrets', 'reseal', ...more], { url: app.databaseUrl, environment })
}
