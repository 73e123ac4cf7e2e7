import { bodyLimitBytes } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { refusalOf } from '../support/failure-of.ts'

/** What browsers send when they open a page or submit a form. */
const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

async function pageOf(response: Response): Promise<[status: number, type: string | null, html: string]> {
  return [response.status, response.headers.get('content-type'), await response.text()]
}

test.each([
  ['a form of another site', 403, '/login', { 'sec-fetch-site': 'cross-site' }, 'password=x'],
  ['a form that is too large', 413, '/login', {}, `password=${'x'.repeat(bodyLimitBytes)}`],
  ['a form for no page', 405, '/no-such-page', {}, 'password=x'],
])('page failures: %s gets an error page in a browser', async (_, status, path, headers, body) => {
  await using app = await testApp()
  const form = { 'content-type': 'application/x-www-form-urlencoded', accept, ...headers }
  const answer = await pageOf(await fetch(app.url + path, { method: 'POST', body, headers: form }))
  expect(answer).toEqual([status, 'text/html; charset=utf-8', expect.stringContaining('<h1>')])
  expect(answer[2]).not.toContain('password=')
})

test('page failures: a browser is not recognized behind 250 characters of Accept', async () => {
  await using app = await testApp()
  const headers = { accept: `${'x/x,'.repeat(63)}${accept}` }
  expect(await refusalOf(await fetch(`${app.url}/no-such-page`, { method: 'POST', headers }))).toEqual([
    405,
    'METHOD_NOT_ALLOWED',
  ])
})

test('page failures: an unexpected error shows the request id to browsers, and JSON to programs', async () => {
  await using app = await testApp({
    routes: (request, _response, next) => {
      if (request.path === '/broken') throw new Error('the secret cause')
      next()
    },
  })
  const response = await fetch(`${app.url}/broken`, { headers: { accept } })
  const id = response.headers.get('x-request-id')
  const [status, type, html] = await pageOf(response)
  expect([status, type]).toEqual([500, 'text/html; charset=utf-8'])
  expect(html).toContain(`request id ${id}`)
  expect(html).not.toContain('secret')
  expect(await refusalOf(await fetch(`${app.url}/broken`))).toEqual([500, 'INTERNAL'])
  expect(app.log.expectErrors()).toHaveLength(2)
})
