import { signupInput } from '@app/contract/testing'
import { createAdmin } from '@app/router'
import { describeOnEach, emptyTestDatabase, testDatabase } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand, runProcess } from './run-command.ts'

const password = 'correct horse battery'
const create = ['admin', 'create', 'ada', '--password-stdin']

describeOnEach('admin create', (kind) => {
  test('admin create: migrates the database and creates an admin who can log in', async () => {
    await using database = await emptyTestDatabase(kind)
    const ended = await runProcess(create, { url: database.url, input: `${password}\n` })
    expect(ended).toEqual({
      code: 0,
      stdout: 'Created the admin ada.\n',
      stderr: expect.stringMatching(/^Migrated the database: 0001-.*\.\n$/m),
    })
    await using app = await testApp({ databaseUrl: database.url })
    await app.api.auth.login.mutate({ username: 'ada', password })
    const user = await app.api.account.me.query()
    expect(user).toMatchObject({ username: 'ada', name: 'ada', role: 'admin', email: null })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'account-created')
      .select(['actor_kind', 'actor_id', 'subject', 'ip', 'detail'])
      .execute()
    expect(events).toEqual([
      { actor_kind: 'system', actor_id: null, subject: user.id, ip: null, detail: '{"role":"admin"}' },
    ])
  })

  test('admin create: rejects a taken name, in any spelling, before it asks for the password', async () => {
    await using database = await testDatabase(kind)
    expect(await runCommand(create, { url: database.url, input: password })).toMatchObject({ code: 0 })
    // No --password-stdin and no terminal: a question would be another error.
    expect(await runCommand(['admin', 'create', ' ADA '], { url: database.url })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'This user name is taken, or belonged to a closed account. Choose another one. To make an existing user an admin, open the Users page. To use the name of a closed account, add --reuse-name.\n',
    })
  })

  test('admin create: reuses the name of a closed account with --reuse-name only, and records it', async () => {
    await using database = await testDatabase(kind)
    await using app = await testApp({ databaseUrl: database.url })
    const boss = { username: 'boss', password }
    const made = await createAdmin(app.services, { username: 'boss', password: async () => password })
    expect(made.ok).toBe(true)
    const ada = await app.newClient().auth.signup.mutate(signupInput({ username: 'ada', password }))
    await app.api.auth.login.mutate(boss)
    await app.api.users.remove.mutate({ id: ada.user.id })

    const rejected = await runCommand(create, { url: database.url, input: password })
    expect(rejected).toMatchObject({ code: 1, stderr: expect.stringContaining('--reuse-name') })
    const reuse = [...create, '--reuse-name']
    expect(await runCommand(reuse, { url: database.url, input: password })).toMatchObject({ code: 0 })
    const again = app.newClient()
    await again.auth.login.mutate({ username: 'ada', password })
    const user = await again.account.me.query()
    expect(user).toMatchObject({ role: 'admin' })
    expect(user.id).not.toBe(ada.user.id)
    const { items } = await app.api.audit.list.query({ userId: user.id, event: 'account-created' })
    expect(items).toMatchObject([{ detail: { role: 'admin', reusedName: 'ada' } }])
    // A name in use cannot be taken.
    expect(await runCommand(reuse, { url: database.url, input: password })).toMatchObject({ code: 1 })
  })

  test('admin create: one of two concurrent commands creates the admin', async () => {
    await using database = await testDatabase(kind)
    const both = await Promise.all(
      [1, 2].map(() => runProcess(create, { url: database.url, input: password })),
    )
    expect(both.map(({ code }) => code).toSorted((one, other) => Number(one) - Number(other))).toEqual([0, 1])
  })

  test('admin create: allows a reserved name', async () => {
    await using database = await testDatabase(kind)
    const words = ['admin', 'create', 'root', '--password-stdin']
    expect(await runCommand(words, { url: database.url, input: password })).toMatchObject({ code: 0 })
  })
})
