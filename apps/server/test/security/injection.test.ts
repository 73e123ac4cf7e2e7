import { product } from '@app/contract/product'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ada } from '../support/brute-force.ts'
import { failure, get, post } from '../support/raw-call.ts'
import { exchange } from '../support/raw-connection.ts'

const markup = '<img src=x onerror=alert(1)></script><script>alert(1)</script>'

describeOnEach('injection: typed text', (databaseKind) => {
  test('is data in SQL: quotes, comments and wildcards match only themselves', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = app
    await api.auth.signup.mutate(signupInput({ ...ada, name: "Robert'); drop table users;--" }))
    for (const search of ["' or 'a'='a", '%a%', '_n_', "'; delete from users; --", '$1', '?']) {
      expect((await api.users.list.query({ search })).items).toEqual([])
    }
    for (const username of ["ada' --", "' or 1=1 --", 'ada"', 'ada%', 'a_a']) {
      const login = app.newClient().auth.login.mutate({ username, password: ada.password })
      expect(await failure(login)).toEqual({ reason: 'INVALID_CREDENTIALS' })
    }
    expect((await api.users.list.query({ search: 'robert' })).items).toHaveLength(1)
  })
})

test('injection: markup is sent as JSON that no browser renders, and never in a page', async () => {
  await using app = await testApp()
  const signedUp = await post(app.url, 'auth.signup', signupInput({ ...ada, name: markup }))
  const cookie = signedUp.cookies.join('; ')
  const renamed = await post(app.url, 'account.updateProfile', { name: `${markup} 2` }, cookie)
  const unknownKey = await post(app.url, 'auth.logout', { [markup]: 1 }, cookie)
  const reads = await Promise.all(
    ['account.me', 'account.activity', 'users.list', 'account.export'].map((path) =>
      get(app.url, path, cookie),
    ),
  )
  for (const { headers, text } of [signedUp, renamed, unknownKey, ...reads]) {
    expect(() => JSON.parse(text)).not.toThrow()
    expect(headers.get('content-type')).toMatch(/^application\/json\b/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  }
  for (const path of ['/', '/login?redirectTo=', '/nowhere/', '/trpc/', '/api/']) {
    const page = await fetch(app.url + path + encodeURIComponent(markup))
    const type = page.headers.get('content-type') ?? ''
    expect(type).toMatch(/^(?:text\/html; charset=utf-8|application\/json\b)/)
    const text = await page.text()
    const rendered = type.startsWith('text/html') ? text : ''
    expect(rendered).not.toContain('<script>alert')
  }
})

test('injection: no request starts its own line in the log', async () => {
  await using app = await testApp()
  const forged = '{"level":"fatal","msg":"forged"}'
  for (const path of [
    `/%0A${forged}`,
    `/%0D%0A${forged}`,
    `/%E2%80%A8${forged}`,
    '/%1B[31mred',
    `/"${forged}`,
  ]) {
    await (await fetch(app.url + path)).text()
  }
  await expect.poll(() => app.log.lines).toHaveLength(5)
  expect(app.log.text.split('\n')).toHaveLength(6)
  expect(app.log.lines.filter(({ msg }) => msg !== 'request')).toEqual([])
  // Control characters could change the terminal of an operator who reads the log.
  expect(app.log.text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u2028|\u2029/u)
})

test('injection: no header of a request puts control characters into the log', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const sent = '\u009b31mred'
  const answer = await exchange(app.url, 'GET / HTTP/1.1', `Host: ${sent}`, `X-Forwarded-For: ${sent}`)
  expect(answer).toContain('HTTP/1.1 400 ')
  await expect.poll(() => app.log.lines).toHaveLength(3)
  expect(app.log.text).toContain('31mred')
  expect(app.log.text.replaceAll('\n', '')).toMatch(/^[ -~]*$/)
})

test('default accounts: a new server has none', async () => {
  await using app = await testApp()
  expect(await app.services.db.read.selectFrom('users').selectAll().execute()).toEqual([])
  for (const username of ['admin', 'root', product.slug, 'system', 'test']) {
    for (const password of ['admin', 'password', product.slug, username]) {
      const login = app.newClient().auth.login.mutate({ username, password })
      expect(await failure(login)).toMatchObject({ reason: 'INVALID_CREDENTIALS' })
    }
  }
})
