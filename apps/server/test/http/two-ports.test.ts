import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { cookiePolicy } from '../../src/http/cookie-policy.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'

/** Creates a browser that sends its cookies to all servers, because cookies do not depend on the port. */
function browserOf(...apps: TestApp[]) {
  const jar = new Map<string, string>()
  return async (app: TestApp, path: string, input?: object): Promise<unknown> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${apps[apps.indexOf(app)]?.url}/trpc/${path}`, {
      headers: { cookie, 'content-type': 'application/json' },
      ...(input === undefined ? {} : { method: 'POST', body: JSON.stringify(input) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const { result, error }: { result?: { data: unknown }; error?: unknown } = JSON.parse(
      await response.text(),
    )
    return result?.data ?? error
  }
}

test('cookies: two servers on two ports of one host name keep separate sessions', async () => {
  await using first = await testApp({ host: { publicUrl: 'http://localhost:8087' } })
  await using second = await testApp({ host: { publicUrl: 'http://localhost:9000' } })
  const call = browserOf(first, second)
  const password = 'correct horse battery'
  await call(first, 'auth.signup', signupInput({ username: 'ada', password }))
  await call(second, 'auth.signup', signupInput({ username: 'grace', password }))
  expect(await call(first, 'account.me')).toMatchObject({ username: 'ada' })
  expect(await call(second, 'account.me')).toMatchObject({ username: 'grace' })
  await call(second, 'auth.logout', {})
  expect(await call(first, 'account.me')).toMatchObject({ username: 'ada' })
})

test.each([
  [{}, 8087],
  [{ PORT: '9000' }, 9000],
  [{ PORT: '9000', PUBLIC_URL: 'http://localhost:3000' }, 3000],
  [{ PUBLIC_URL: 'http://localhost' }, 80],
  [{ PORT: '0' }, null],
])('cookies: the port in their names for %j', (settings, port) => {
  const { config } = readConfig(settings)
  expect(config && cookiePolicy(config)).toEqual({ secure: false, sameSite: 'lax', port })
})
