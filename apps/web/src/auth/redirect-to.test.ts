import { expect, test } from 'vitest'
import { entranceTo, returnPath } from './redirect-to.ts'

const origin = 'https://app.example.org'

function backTo(redirectTo: string): string {
  return returnPath(`?redirectTo=${encodeURIComponent(redirectTo)}`, origin)
}

test.each(['/users', '/users?search=a%20b', '/account#name'])('%s is a place to come back to', (path) => {
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

test.each(['/login', '/signup?redirectTo=%2Fusers'])('%s would lead in a circle', (path) => {
  expect(backTo(path)).toBe('/')
})

test('without a wish the way leads home', () => {
  expect(returnPath('', origin)).toBe('/')
})

test('an entrance keeps the place with its query', () => {
  const address = new URL(entranceTo('/signup', '/users?search=a&b=c'), origin)

  expect(address.pathname).toBe('/signup')
  expect(returnPath(address.search, origin)).toBe('/users?search=a&b=c')
  expect(entranceTo('/login', '/')).toBe('/login')
})
