import { signupInput } from '@app/contract/testing'
import { createHashWorkers } from '@app/router'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { failure } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

test('hash workers: other calls, pages and probes are answered while a password is compared', async () => {
  // One second of work: other responses would come after it if they had to wait.
  await using app = await testApp({ settings: { passwordHashCost: 13 } })
  await app.api.auth.signup.mutate(signupInput(ada))
  let isLoggedIn = false
  const loggingIn = app
    .newClient()
    .auth.login.mutate(ada)
    .then(() => {
      isLoggedIn = true
    })
  expect(await app.api.account.me.query()).toMatchObject({ username: 'ada' })
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  await fetch(`${app.url}/login`)
  expect(isLoggedIn).toBe(false)
  await loggingIn
})

test('hash workers: when a worker ends, its call fails with INTERNAL and the next one works', async () => {
  const workers = createHashWorkers({ threads: 1 })
  await using app = await testApp({ hasher: workers, settings: { hashConcurrency: 1, hashQueue: 0 } })
  process.once('worker', (worker) => void worker.terminate())
  expect(await failure(app.api.auth.signup.mutate(signupInput(ada)))).toMatchObject({ reason: 'INTERNAL' })
  expect(app.log.expectErrors()).toMatchObject([
    { path: 'auth.signup', err: { message: expect.stringContaining('hashes passwords ended') } },
  ])
  await app.api.auth.signup.mutate(signupInput(ada))
  expect(await app.api.account.me.query()).toMatchObject({ username: 'ada' })
  await workers.close()
})

test('hash workers: a server closes its own workers', async () => {
  const codes: number[] = []
  process.once('worker', (worker) => worker.once('exit', (code) => codes.push(code)))
  await using app = await testApp({ hasher: 'own' })
  await app.api.auth.signup.mutate(signupInput(ada))
  await app.close()
  expect(codes).toEqual([0])
})
