import { appRouter, createContext } from '@latchkey/router'
import { expect, test } from 'vitest'

import { testApp } from '../src/testing/test-app.ts'
import { ada, login } from './guessing.ts'
import { mutated, seeded } from './mutations.ts'
import { failure, get, post, reasonIn } from './raw-call.ts'

const seed = 20_261_122

test('of 3,000 changed tokens none is a session, and none is an error of ours', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const { cookies } = await post(app.url, 'auth.signup', ada)
  const token = cookies[0]?.replace('latchkey=', '') ?? ''
  const other = await post(app.url, 'auth.signup', { ...ada, username: 'grace' })
  // Header and payload of one, signature of the other.
  const crossed = [...token.split('.').slice(0, 2), other.cookies[0]?.split('.')[2]].join('.')
  const random = seeded(seed)
  const tokens = [crossed, ...Array.from({ length: 2_999 }, () => mutated(token, random))]
  expect(new Set(tokens).size).toBeGreaterThan(2_500)

  const callWith = (cookie: string) => {
    const request = { id: 'prying', ip: null, userAgent: null, cookie }
    return appRouter.createCaller(createContext(app.services, request)).account.me()
  }
  const reasons = new Map<unknown, string>()
  for (const each of tokens) {
    const error = await callWith(`latchkey=${each}`).catch((thrown: unknown) => thrown)
    reasons.set(error instanceof Error ? error.message : error, each)
  }
  expect(reasons).toEqual(new Map([['Log in to continue.', expect.any(String)]]))
  expect(await callWith(`latchkey=${token}`)).toMatchObject({ username: 'ada' })

  // The same over the wire, where headers are read first.
  for (const each of tokens.slice(0, 100)) {
    const answer = await get(app.url, 'account.me', `latchkey=${each}`)
    expect([each, answer.status, reasonIn(answer)]).toEqual([each, 401, 'UNAUTHENTICATED'])
  }
})

test('of 100 changed cookies in a log-in none helps it or harms it', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const { cookies } = await post(app.url, 'auth.signup', ada)
  const random = seeded(seed)
  const wrong = { ...ada, password: 'wrong horse' }
  for (let count = 0; count < 100; count += 1) {
    const header = mutated(cookies.join('; '), random)
    const answer = await login(app, wrong, header)
    expect([header, answer.status, reasonIn(answer)]).toEqual([header, 401, 'INVALID_CREDENTIALS'])
    expect(answer.cookies).toEqual([])
  }
  expect(await failure(app.newClient().auth.login.mutate(ada))).toBeUndefined()
})
