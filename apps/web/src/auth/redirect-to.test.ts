import { expect, test } from 'vitest'
import { pathWithRedirect, redirectTarget } from './redirect-to.ts'

const origin = 'https://app.example.org'

function backTo(redirectTo: string): string {
  return redirectTarget(`?redirectTo=${encodeURIComponent(redirectTo)}`, origin)
}

test.each(['/users', '/users?search=a%20b', '/account#name'])('redirectTo: follows %s', (path) => {
  expect(backTo(path)).toBe(path)
})

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  'users',
  '',
])('%j leads home instead', (redirectTo) => {
  expect(backTo(redirectTo)).toBe('/')
})

test.each(['/login', '/signup?redirectTo=%2Fusers', '/reset-factors'])(
  'redirectTo: ignores the form %s',
  (path) => {
    expect(backTo(path)).toBe('/')
  },
)

test('redirectTo: without one, the log-in opens the start page', () => {
  expect(redirectTarget('', origin)).toBe('/')
})

test('redirectTo: the link to the log-in keeps the path with its query', () => {
  const address = new URL(pathWithRedirect('/signup', '/users?search=a&b=c'), origin)

  expect(address.pathname).toBe('/signup')
  expect(redirectTarget(address.search, origin)).toBe('/users?search=a&b=c')
  expect(pathWithRedirect('/login', '/')).toBe('/login')
})
