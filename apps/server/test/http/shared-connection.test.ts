import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password } from '../support/actors.ts'
import { post } from '../support/raw-call.ts'

async function signUp({ url }: TestApp, username: string): Promise<string> {
  const { cookies } = await post(url, 'auth.signup', signupInput({ username, password }))
  return cookies.join('; ')
}

test('shared connection: each request of a proxy counts for the user of its cookie', async () => {
  await using app = await testApp()
  using agent = new OneConnection()
  const [ada, bob] = [await signUp(app, 'ada'), await signUp(app, 'bob')]
  for (const [cookie, name] of [
    [ada, 'ada'],
    [ada, 'ada'],
    [bob, 'bob'],
    [undefined, 'UNAUTHENTICATED'],
    [bob, 'bob'],
    [`${bob}; theme=dark`, 'bob'],
    [bob.replace('=', '=x'), 'UNAUTHENTICATED'],
    // More than one session cookie is rejected.
    [`${ada}; ${bob}`, 'UNAUTHENTICATED'],
    [ada, 'ada'],
  ] as const) {
    expect(await agent.me(app, cookie)).toBe(name)
  }
  await post(app.url, 'auth.logout', {}, ada)
  expect(await agent.me(app, ada)).toBe('SESSION_EXPIRED')
  expect(await agent.me(app, bob)).toBe('bob')
  expect(agent.ports.size).toBe(1)
})

/** Sends all requests over one connection, as a proxy does. */
class OneConnection {
  readonly ports = new Set<number | undefined>()
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  /** @returns the user name, or the reason of the failure */
  async me({ url }: TestApp, cookie: string | undefined): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>()
    const headers = cookie === undefined ? {} : { cookie }
    request(`${url}/trpc/account.me`, { agent: this.#agent, headers }, (response) => {
      this.ports.add(response.socket.localPort)
      answer.resolve(json(response))
    })
      .once('error', answer.reject)
      .end()
    const { result, error } = (await answer.promise) as {
      result?: { data: { username: string } }
      error?: { data: { failure: { reason: string } } }
    }
    return result?.data.username ?? error?.data.failure.reason
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
