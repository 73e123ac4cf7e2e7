import { expect, test } from 'vitest'
import { routesOf } from '../../src/rest/route.ts'
import { restRoutes } from '../../src/rest/routes.ts'

test('routes: no two procedures have the same method and path', () => {
  // `/users/{id}` and `/users/{userId}` are the same path.
  const named = Object.values(restRoutes).map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  )
  expect(named.filter((route, index) => named.indexOf(route) !== index)).toEqual([])
})

test('routes: a path has lower-case words and parameters, separated by slashes', () => {
  for (const { path } of Object.values(restRoutes)) {
    expect(path).toMatch(/^(\/([a-z]+(-[a-z]+)*|\{[a-zA-Z]+\}))+$/)
  }
})

// Run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.

type Table = Parameters<typeof routesOf>[0]
const others = restRoutes as Table

test('routes: a procedure without a route, and routes that do not fit it, do not compile', () => {
  const { 'sessions.revoke': revoke, ...rest } = others
  expect(revoke.path).toContain('{id}')
  routesOf({ ...others, 'sessions.revoke': { method: 'DELETE', path: '/a/{id}', status: 204 } })
  // @ts-expect-error a procedure is missing
  routesOf(rest)
  // @ts-expect-error a mutation is never called by GET
  routesOf({ ...others, 'sessions.revoke': { method: 'GET', path: '/a/{id}', status: 204 } })
  // @ts-expect-error it has no such input
  routesOf({ ...others, 'sessions.revoke': { method: 'DELETE', path: '/a/{name}', status: 204 } })
  // @ts-expect-error it has no output
  routesOf({ ...others, 'sessions.revoke': { method: 'DELETE', path: '/a/{id}', status: 200 } })
  // @ts-expect-error it has an output
  routesOf({ ...others, 'account.me': { method: 'GET', path: '/a', status: 204 } })
})
