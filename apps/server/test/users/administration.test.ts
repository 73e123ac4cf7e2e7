import type { Client } from '@app/client'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp, unknownId } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

/** The actions of admins on a user. */
const acts = {
  disable: (api: Client, id: string) => api.users.setDisabled.mutate({ id, disabled: true }),
  'end the sessions of': (api: Client, id: string) => api.users.revokeSessions.mutate({ id }),
  remove: (api: Client, id: string) => api.users.remove.mutate({ id }),
}
const everyAct = Object.entries(acts)

describeOnEach('an admin', (databaseKind) => {
  test.each(everyAct)(
    'can %s a user, only with recent authentication; other users cannot',
    async (_name, act) => {
      await using app = await testApp({ databaseKind })
      const root = await addAdmin(app, 'root')
      const [ada, eve] = [await signUp(app, 'ada'), await signUp(app, 'eve')]
      const written = await eventsOf(app, async () => {
        expect(await failure(act(app.newClient(), ada.id))).toEqual({ reason: 'UNAUTHENTICATED' })
        expect(await failure(act(eve.api, ada.id))).toEqual({ reason: 'FORBIDDEN' })
        expect(await failure(act(root.api, unknownId))).toEqual({ reason: 'NOT_FOUND' })
        expect(await failure(act(root.api, 'ada'))).toMatchObject({ reason: 'INVALID_INPUT' })
        app.clock.advance(11 * 60_000)
        // The role is checked first: other users do not learn that sudo is required.
        expect(await failure(act(eve.api, ada.id))).toEqual({ reason: 'FORBIDDEN' })
        expect(await failure(act(root.api, ada.id))).toEqual({
          reason: 'REAUTH_REQUIRED',
          methods: ['password'],
        })
      })
      expect(written).toEqual([])
      expect(await ada.api.account.me.query()).toMatchObject({ username: 'ada' })
      await root.api.auth.elevate.mutate({ password })
      expect(await act(root.api, ada.id)).toEqual({})
      expect(await failure(ada.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    },
  )

  test('can disable and enable an account: every session ends, and a disabled user cannot log in', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const phone = app.newClient()
    await phone.auth.login.mutate({ username: 'ada', password })
    const setDisabled = (disabled: boolean) => () =>
      root.api.users.setDisabled.mutate({ id: ada.id, disabled })
    expect(await eventsOf(app, setDisabled(true))).toEqual(['disabled'])
    expect(await eventsOf(app, setDisabled(true))).toEqual([])
    for (const device of [ada.api, phone]) {
      expect(await failure(device.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    }
    const logIn = () => failure(app.newClient().auth.login.mutate({ username: 'ada', password }))
    expect(await logIn()).toEqual({ reason: 'INVALID_CREDENTIALS' })
    const shown = async () =>
      (await root.api.users.list.query({ search: 'ada' })).items.map(({ disabled }) => disabled)
    expect(await shown()).toEqual([true])

    expect(await eventsOf(app, setDisabled(false))).toEqual(['enabled'])
    expect(await eventsOf(app, setDisabled(false))).toEqual([])
    expect(await shown()).toEqual([false])
    // The old sessions were deleted, not suspended.
    expect(await failure(phone.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    expect(await logIn()).toBeUndefined()
    const events = (await auditRows(app)).filter(({ event }) => event.endsWith('abled'))
    for (const event of events) expect(event).toMatchObject({ actor_id: root.id, subject: ada.id })
    expect(new Set(events.map(({ detail }) => detail))).toEqual(new Set(['{"endedSessions":2}', null]))
  })

  test('can end every session of a user and remove the known devices, of that user only', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const [ada, eve] = [await signUp(app, 'ada'), await signUp(app, 'eve')]
    const revoke = () => root.api.users.revokeSessions.mutate({ id: ada.id })
    expect(await eventsOf(app, revoke)).toEqual(['sessions-revoked'])
    expect(await failure(ada.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    expect(await failure(eve.api.account.me.query())).toBeUndefined()
    const known = await app.services.db.read.selectFrom('known_devices').select('user_id').execute()
    expect(known.map((device) => device.user_id)).not.toContain(ada.id)
    await ada.api.auth.login.mutate({ username: 'ada', password })
    expect(await ada.api.account.me.query()).toMatchObject({ username: 'ada' })
  })

  test.each([[{ disabled: 1 }], [{ disabled: 'true' }], [{}]])(
    'disables with true or false, not with %o',
    async (more) => {
      await using app = await testApp({ databaseKind })
      await addAdmin(app, 'root')
      const { cookies } = await post(app.url, 'auth.login', { username: 'root', password })
      const id = JSON.parse((await get(app.url, 'account.me', cookies[0])).text).result.data.id
      const answer = await post(app.url, 'users.setDisabled', { id, ...more }, cookies[0])
      expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
      expect(answer.text).toContain('Disabled is yes or no.')
    },
  )

  test('disables a user during a login, and no session is left', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed', hashQueue: 100 } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    for (let round = 1; round <= 10; round += 1) {
      const devices = [1, 2, 3].map(() => app.newClient())
      await Promise.all([
        root.api.users.setDisabled.mutate({ id: ada.id, disabled: true }),
        ...devices.map((device) => failure(device.auth.login.mutate({ username: 'ada', password }))),
      ])
      const left = await app.services.db.read
        .selectFrom('sessions')
        .where('user_id', '=', ada.id)
        .select('id')
        .execute()
      expect(left).toEqual([])
      await root.api.users.setDisabled.mutate({ id: ada.id, disabled: false })
    }
  })
})
