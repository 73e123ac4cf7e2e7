import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password, signUp } from '../support/actors.ts'
import { askForNewPasskey, askForPasskey, keepCookies } from '../support/cookie-passkeys.ts'
import { addPasskey, newAuthenticator } from '../support/passkeys.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { inParallel, tally } from '../support/server-pair.ts'

const minute = 60_000
const publicUrl = 'http://localhost:8087'

/** Two servers of one site: an answer for one is an answer for the other. */
async function sites(databaseKind: 'sqlite' | 'postgres') {
  const settings = { limits: 'relaxed', hashConcurrency: 32 } as const
  const first = await testApp({ databaseKind, settings, host: { publicUrl } })
  const { databaseUrl, clock } = first
  const second = await testApp({ databaseUrl, clock, settings, host: { publicUrl } })
  return {
    first,
    at: (index: number) => (index % 2 === 0 ? first : second),
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]()
      await first[Symbol.asyncDispose]()
    },
  }
}

describeOnEach('16 concurrent calls on two servers', (databaseKind) => {
  test('passkeys: one answer opens one session, also of an authenticator that does not count', async () => {
    await using servers = await sites(databaseKind)
    for (const isSynced of [true, false]) {
      const authenticator = newAuthenticator(servers.first, { isSynced })
      await addPasskey(await signUp(servers.first, isSynced ? 'ada' : 'bob'), authenticator)
      const browser = { cookie: '' }
      const response = authenticator.get(await askForPasskey(servers.first, browser, 'login'))
      const answers = await inParallel(
        (index) => post(servers.at(index).url, 'auth.passkeyLogin', { response }, browser.cookie),
        16,
      )
      expect(tally(answers.map(reasonIn))).toEqual({ ok: 1, PASSKEY_INVALID: 15 })
    }
    const { read } = servers.first.services.db
    const sessions = await read.selectFrom('sessions').where('amr', '=', 'passkey').select('id').execute()
    expect(sessions).toHaveLength(2)
    // A repeated answer is not a copied authenticator.
    const cloned = await read
      .selectFrom('audit_events')
      .where('event', '=', 'passkey-cloned')
      .selectAll()
      .execute()
    expect(cloned).toEqual([])
  })

  test('passkeys: an answer is used up for a server whose clock is behind, too', async () => {
    await using servers = await sites(databaseKind)
    const app = servers.first
    const authenticator = newAuthenticator(app, { isSynced: true })
    await addPasskey(await signUp(app, 'ada'), authenticator)
    const browser = { cookie: '' }
    const answer = async () => authenticator.get(await askForPasskey(app, browser, 'login'))
    const logIn = async (response: unknown) =>
      reasonIn(await post(app.url, 'auth.passkeyLogin', { response }, browser.cookie))
    const response = await answer()
    app.clock.advance(5 * minute - 1)
    expect(await logIn(response)).toBeUndefined()
    // Later answers remove what is not needed any more.
    app.clock.advance(minute)
    expect(await logIn(await answer())).toBeUndefined()
    app.clock.advance(-minute)
    expect(await logIn(response)).toBe('PASSKEY_INVALID')
  })

  test('passkeys: one answer finishes one log-in', async () => {
    await using servers = await sites(databaseKind)
    const ada = await signUp(servers.first, 'ada')
    const authenticator = newAuthenticator(servers.first, { isSynced: true })
    await addPasskey(ada, authenticator)
    const browser = { cookie: '' }
    keepCookies(browser, await post(servers.first.url, 'auth.login', { username: 'ada', password }))
    const response = authenticator.get(await askForPasskey(servers.first, browser, 'second-factor'))
    const answers = await inParallel(
      (index) =>
        post(servers.at(index).url, 'auth.secondFactor', { method: 'passkey', response }, browser.cookie),
      16,
    )
    expect(tally(answers.map(reasonIn))).toMatchObject({ ok: 1 })
    expect(answers.filter(({ cookies }) => cookies.some((line) => line.startsWith('session')))).toHaveLength(
      1,
    )
  })

  test('passkeys: one registration adds one passkey', async () => {
    await using servers = await sites(databaseKind)
    const ada = await newUser(servers.first)
    const response = newAuthenticator(servers.first).create(await askForNewPasskey(servers.first, ada))
    const answers = await inParallel(
      (index) => post(servers.at(index).url, 'passkeys.register', { response }, ada.cookie),
      16,
    )
    const { ok, ...others } = tally(answers.map(reasonIn))
    // The winner gets a new session token, so later calls find the old one ended.
    expect(ok).toBe(1)
    expect(['PASSKEY_INVALID', 'SESSION_EXPIRED']).toEqual(expect.arrayContaining(Object.keys(others)))
    const rows = await servers.first.services.db.read.selectFrom('passkeys').selectAll().execute()
    expect(rows).toHaveLength(1)
  })

  test('passkeys: an answer and the removal of its passkey never leave a session at level 2', async () => {
    await using servers = await sites(databaseKind)
    for (let turn = 0; turn < 6; turn += 1) {
      const ada = await signUp(servers.first, `ada-${turn}`)
      const authenticator = newAuthenticator(servers.first)
      const { passkey } = await addPasskey(ada, authenticator)
      const browser = { cookie: '' }
      const response = authenticator.get(await askForPasskey(servers.first, browser, 'login'))
      await Promise.all([
        ada.api.passkeys.remove.mutate({ id: passkey.id, endOtherSessions: false }),
        post(servers.at(1).url, 'auth.passkeyLogin', { response }, browser.cookie),
      ])
    }
    const { read } = servers.first.services.db
    expect(await read.selectFrom('factors').selectAll().execute()).toEqual([])
    const raised = read.selectFrom('sessions').where('factor_id', 'is not', null).select('id')
    expect(await raised.execute()).toEqual([])
  })
})
