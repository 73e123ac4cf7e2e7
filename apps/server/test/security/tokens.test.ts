import { signupInput } from '@app/contract/testing'
import { appRouter, createContext } from '@app/router'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ada } from '../support/brute-force.ts'
import { callWithEach } from '../support/many-calls.ts'
import { mutated, seeded } from '../support/mutations.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'

const seed = 20_261_122

test('session tokens: 3,000 mutated ones are all UNAUTHENTICATED', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const token = cookies[0]?.replace('session=', '') ?? ''
  const other = await post(app.url, 'auth.signup', signupInput({ ...ada, username: 'grace' }))
  // This token combines the header and payload of one user with the signature of another.
  const crossed = [...token.split('.').slice(0, 2), other.cookies[0]?.split('.')[2]].join('.')
  const random = seeded(seed)
  const tokens = [crossed, ...Array.from({ length: 2_999 }, () => mutated(token, random))]
  expect(new Set(tokens).size).toBeGreaterThan(2_500)

  const callWith = (cookie: string) => {
    const request = { id: 'mutated', ip: null, userAgent: null, cookie }
    return appRouter.createCaller(createContext(app.services, request)).account.me()
  }
  const reasons = new Map<unknown, string>()
  for (const each of tokens) {
    const error = await callWith(`session=${each}`).catch((thrown: unknown) => thrown)
    reasons.set(error instanceof Error ? error.message : error, each)
  }
  expect(reasons).toEqual(new Map([['Log in to continue.', expect.any(String)]]))
  expect(await callWith(`session=${token}`)).toMatchObject({ username: 'ada' })

  // Over HTTP, Node parses the headers first.
  const sent = tokens.slice(0, 300).map((each) => `session=${each}`)
  for (const [cookie, answer] of await callWithEach(app.url, 'account.me', sent)) {
    expect([cookie, answer.status, reasonIn(answer)]).toEqual([cookie, 401, 'UNAUTHENTICATED'])
  }
})

// Each call writes an audit event, which is slow on a busy machine.
test('login: 300 mutated cookies change nothing', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const random = seeded(seed)
  const wrong = { ...ada, password: 'wrong horse' }
  const headers = new Set<string>()
  while (headers.size < 300) headers.add(mutated(cookies.join('; '), random))
  for (const [header, answer] of await callWithEach(app.url, 'auth.login', [...headers], wrong)) {
    expect([header, answer.status, reasonIn(answer)]).toEqual([header, 401, 'INVALID_CREDENTIALS'])
    expect(answer.setCookie).toEqual([])
  }
  expect(await failure(app.newClient().auth.login.mutate(ada))).toBeUndefined()
})
