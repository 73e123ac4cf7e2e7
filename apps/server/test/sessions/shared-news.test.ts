import { describeOnPostgres, migratedTestDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { actorWithCookie, newUser } from '../support/actors.ts'
import { act, listen } from '../support/session-streams.ts'

describeOnPostgres('event streams of several processes', () => {
  // The ticker of the test never ticks, so no poll finds the change.
  test('event stream: a change and an end on another server arrive without the poll', async () => {
    await using place = await migratedTestDatabase('postgres')
    await using near = await testApp({ databaseUrl: place.url, sharesNews: true })
    await using far = await testApp({ databaseUrl: place.url, sharesNews: true, clock: near.clock })
    const { cookie, ...user } = await newUser(near)
    await using stream = await listen(near, cookie)
    const distant = actorWithCookie(far, { ...user, cookie })
    // The connections of the two open after the start; a change before is lost, and the poll finds it.
    const renamedUntilSeen = async () => {
      const message = stream.message()
      for (let count = 0; ; count += 1) {
        await distant.api.account.updateProfile.mutate({ name: `Ada ${count}` })
        const seen = await Promise.race([
          message,
          new Promise((resolve) => setTimeout(resolve, 200, 'nothing')),
        ])
        if (seen !== 'nothing') return seen
      }
    }
    expect(await renamedUntilSeen()).toMatchObject({ data: { type: 'changed' } })
    await act(far, 'auth.logout', {}, cookie)
    expect((await stream.rest()).map(({ data }) => data)).toContainEqual('{"type":"ended"}')
  })
})
