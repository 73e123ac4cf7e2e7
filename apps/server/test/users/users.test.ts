import type { Client } from '@app/client'
import { createAdmin } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { failure } from '../support/raw-call.ts'

async function usernames(api: Client, search?: string): Promise<string[]> {
  const { items } = await api.users.list.query(search === undefined ? {} : { search })
  return items.map((row) => row.username)
}

describeOnEach('the directory', (databaseKind) => {
  test('shows all users to every user, and details only to their owner', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'bob', { name: 'Bob', email: 'bob@example.org' })
    const ada = await signUp(app, 'ada', { name: 'Ada Lovelace', email: 'ada@example.org' })
    const at = new Date(app.clock.now()).toISOString()
    const { items, nextCursor } = await ada.api.users.list.query()
    const shown = { id: expect.any(String), createdAt: at }
    const own = { role: 'user', email: 'ada@example.org', disabled: false, lastLoginAt: at }
    expect(nextCursor).toBeNull()
    expect(items).toEqual([
      { ...shown, username: 'ada', name: 'Ada Lovelace', ...own },
      { ...shown, username: 'bob', name: 'Bob' },
    ])
    expect(await failure(app.newClient().users.list.query())).toEqual({ reason: 'UNAUTHENTICATED' })
  })

  test('shows every detail to an admin', async () => {
    await using app = await testApp({ databaseKind })
    const bob = await signUp(app, 'bob', { email: 'bob@example.org' })
    const never = { username: 'zoe', password: async () => password }
    await createAdmin(app.services, never)
    app.clock.advance(60_000)
    const root = await addAdmin(app, 'root')
    await bob.api.auth.logout.mutate()
    app.clock.advance(60_000)
    await bob.api.auth.login.mutate({ username: 'bob', password })
    const lastLoginAt = new Date(app.clock.now()).toISOString()
    // Failed logins do not count as logins.
    app.clock.advance(60_000)
    await failure(bob.api.auth.login.mutate({ username: 'bob', password: 'wrong' }))
    const { items } = await root.api.users.list.query()
    expect(items).toMatchObject([
      {
        username: 'bob',
        role: 'user',
        email: 'bob@example.org',
        disabled: false,
        lastLoginAt,
      },
      { username: 'root', role: 'admin', email: null },
      { username: 'zoe', role: 'admin', lastLoginAt: null },
    ])
  })

  test('shows users only themselves when DIRECTORY is admins', async () => {
    await using app = await testApp({ databaseKind, settings: { directory: 'admins' } })
    const ada = await signUp(app, 'ada', { name: 'Ada Lovelace' })
    await signUp(app, 'adam')
    const root = await addAdmin(app, 'root')
    for (const search of [undefined, 'ad', 'ADA L', ' ada '])
      expect(await usernames(ada.api, search)).toEqual(['ada'])
    for (const search of ['adam', 'root', 'x']) expect(await usernames(ada.api, search)).toEqual([])
    expect(await usernames(root.api)).toEqual(['ada', 'adam', 'root'])
  })

  test('is searched by the beginning of user name or display name in any spelling', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'zed', { name: 'E\u0301MILE ﬁsher' })
    await signUp(app, 'emma', { name: 'Zoë' })
    await signUp(app, 'a_b', { name: '100%' })
    await signUp(app, 'axb', { name: 'Zed' })
    expect(await usernames(api, 'émile FI')).toEqual(['zed'])
    expect(await usernames(api, 'z')).toEqual(['zed', 'axb', 'emma'])
    expect(await usernames(api, 'ZOË')).toEqual(['emma'])
    expect(await usernames(api, 'a_')).toEqual(['a_b'])
    for (const nothing of ['mile', '%', '_', 'zz', '\u{10FFFF}']) {
      expect(await usernames(api, nothing)).toEqual([])
    }
    expect(await usernames(api, ' ')).toEqual(['a_b', 'axb', 'emma', 'zed'])
  })

  test('is sorted by user name or by name, in pages without gaps and repetitions', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await addAdmin(app, 'root')
    const many = Array.from({ length: 45 }, (_, index) => ({
      username: `p${String((index * 7) % 45).padStart(2, '0')}`,
      name: index % 2 === 0 ? `Pat ${index}` : `Quinn ${index}`,
    }))
    await insertUsers(app, many)
    const all = many.map((user) => user.username).toSorted()
    expect(await walk(api, undefined)).toEqual({ usernames: [...all, 'root'], sizes: [20, 20, 6] })
    expect(await walk(api, 'p')).toEqual({ usernames: all, sizes: [20, 20, 5] })
    const quinns = byName(many.filter(({ name }) => name.startsWith('Q')))
    expect(await walk(api, 'quinn')).toEqual({ usernames: quinns, sizes: [20, 2] })
    const cursor = Buffer.from('"\\u0000"').toString('base64url')
    expect(await failure(api.users.list.query({ cursor }))).toMatchObject({
      fields: { cursor: [expect.any(String)] },
    })
  })

  test('finds users who share a name, in pages without gaps and repetitions', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await addAdmin(app, 'root')
    const many = Array.from({ length: 45 }, (_, index) => ({ username: `u${100 - index}`, name: 'Pat' }))
    await insertUsers(app, many)
    const all = many.map((user) => user.username).toSorted()
    expect(await walk(api, 'pat')).toEqual({ usernames: all, sizes: [20, 20, 5] })
  })

  test('finds users by user name, then by name, each of them once', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await addAdmin(app, 'root')
    // In the order of the names, the search has to pass more users than it reads for one page.
    const both = Array.from({ length: 2_500 }, (_, index) => ({
      username: `robin${String(index).padStart(4, '0')}`,
      name: `Robin B ${index}`,
    }))
    const named = ['A', 'C', 'D'].map((letter) => ({
      username: `u-${letter.toLowerCase()}`,
      name: `Robin ${letter}`,
    }))
    await insertUsers(app, [...named, ...both])
    const { usernames: found } = await walk(api, 'robin', 100)
    expect(found).toEqual([...both, ...named].map((user) => user.username))
  })
})

function byName(users: readonly { username: string; name: string }[]): string[] {
  return users.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map((user) => user.username)
}

async function walk(api: Client, search: string | undefined, limit?: number) {
  const found: string[] = []
  const sizes: number[] = []
  let cursor: string | undefined
  do {
    const page = await api.users.list.query({
      ...(search === undefined ? {} : { search }),
      ...(limit === undefined ? {} : { limit }),
      ...(cursor === undefined ? {} : { cursor }),
    })
    found.push(...page.items.map((row) => row.username))
    sizes.push(page.items.length)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return { usernames: found, sizes }
}

async function insertUsers(app: TestApp, users: { username: string; name: string }[]): Promise<void> {
  const rows = users.map(({ username, name }, index) => ({
    id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    username,
    name,
    name_key: name.toLowerCase(),
    role: 'user' as const,
    disabled_at: null,
    created_at: 1,
  }))
  await app.services.db.write(async (tx) => {
    for (let start = 0; start < rows.length; start += 1_000) {
      await tx
        .insertInto('users')
        .values(rows.slice(start, start + 1_000))
        .execute()
    }
  })
}
