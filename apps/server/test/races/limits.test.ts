import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password } from '../support/actors.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'

const ada = { username: 'ada', password }

async function signUp(app: TestApp): Promise<{ cookie: string; device: string }> {
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const [cookie = '', device = ''] = cookies
  return { cookie, device }
}

describeOnEach('16 concurrent wrong passwords', (databaseKind) => {
  test('from a known device on two servers: 10 are compared', async () => {
    await using servers = await serverPair(databaseKind, {})
    const { device } = await signUp(servers.first)
    const answers = await inParallel(
      (index) => post(servers.at(index).url, 'auth.login', { ...ada, password: 'wrong' }, device),
      16,
    )
    expect(tally(answers.map(reasonIn))).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 6 })
  })

  test('for an unknown user name on two servers: 5 are compared', async () => {
    await using servers = await serverPair(databaseKind, {})
    const answers = await inParallel(
      (index) => post(servers.at(index).url, 'auth.login', { username: 'unknown', password: 'wrong' }),
      16,
    )
    expect(tally(answers.map(reasonIn))).toEqual({ INVALID_CREDENTIALS: 5, RATE_LIMITED: 11 })
  })

  test('from a signed-in user on two servers: 10 are compared', async () => {
    await using servers = await serverPair(databaseKind, {})
    const { cookie } = await signUp(servers.first)
    const answers = await inParallel(
      (index) =>
        index % 4 < 2
          ? post(servers.at(index).url, 'auth.elevate', { password: 'wrong' }, cookie)
          : post(
              servers.at(index).url,
              'account.changePassword',
              { currentPassword: 'wrong', newPassword: 'another battery' },
              cookie,
            ),
      16,
    )
    expect(tally(answers.map(reasonIn))).toEqual({ INVALID_CREDENTIALS: 10, RATE_LIMITED: 6 })
  })
})
