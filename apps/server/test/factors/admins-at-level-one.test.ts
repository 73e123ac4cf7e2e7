import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, password, signUp } from '../support/actors.ts'
import { get, post } from '../support/raw-call.ts'
import { raiseToLevelTwo } from '../support/second-factor.ts'

const reads = ['users.list', 'account.activity', 'account.export'] as const

/** Reads as an admin whose sessions another admin has ended. `other` is the user name of that one. */
async function readAsAdmin(app: TestApp, level: 1 | 2) {
  const [admin, other] = [await newAdmin(app), await newAdmin(app)]
  await raiseToLevelTwo(app, other.id)
  await other.api.users.revokeSessions.mutate({ id: admin.id })
  await signUp(app, 'bob', { email: 'bob@example.org' })
  const { cookies } = await post(app.url, 'auth.login', { username: admin.username, password })
  const cookie = cookies.join('; ')
  if (level === 2) await raiseToLevelTwo(app, admin.id)
  const texts = await Promise.all(reads.map(async (path) => (await get(app.url, path, cookie)).text))
  const tutorial = await fetch(`${app.url}/api/users`, { headers: { cookie } })
  return { own: admin.username, other: other.username, texts: [...texts, await tutorial.text()] }
}

describeOnEach('ADMIN_SECOND_FACTOR=required', (databaseKind) => {
  test('admins read as plain users at level 1, where the directory is for admins', async () => {
    const settings = { adminSecondFactor: 'required', directory: 'admins' } as const
    await using app = await testApp({ databaseKind, settings })
    const { own, other, texts } = await readAsAdmin(app, 1)
    for (const text of texts) expect(text).not.toMatch(new RegExp(`${other}|"bob"|bob@`))
    for (const text of texts) expect(text).toContain(own)
  })

  test('admins see no email of others at level 1', async () => {
    await using app = await testApp({ databaseKind, settings: { adminSecondFactor: 'required' } })
    const plain = await readAsAdmin(app, 1)
    for (const text of plain.texts) expect(text).not.toContain('bob@example.org')
    expect(plain.texts[0]).toContain('"bob"')
  })

  test('admins at level 2 see what admins see', async () => {
    const settings = { adminSecondFactor: 'required', directory: 'admins' } as const
    await using app = await testApp({ databaseKind, settings })
    const { other, texts } = await readAsAdmin(app, 2)
    for (const text of texts) expect(text).toContain(other)
    expect(texts[0]).toContain('bob@example.org')
  })
})
