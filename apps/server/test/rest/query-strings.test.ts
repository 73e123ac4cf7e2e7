import { describe, expect, test } from 'vitest'
import { readInput } from '../../src/rest/read-input.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { problemIn, reasonOf, rest } from './rest-call.ts'

describe('REST query strings', () => {
  const list = async (query: string) => {
    await using app = await testApp()
    const { cookie } = await newAdmin(app)
    await newUser(app)
    return await rest(app.url, `GET /users?${query}`, { cookie })
  }

  test.each(['', 'limit=2', 'limit=2&', '&&limit=%32', '%6Cimit=2', 'search=user+', 'search=user%20'])(
    'accept %s',
    async (query) => {
      expect((await list(query)).body).toMatchObject({ items: [{}, {}] })
    },
  )

  test.each([
    ['limit=two', 'limit'],
    ['limit=', 'limit'],
    ['limit=02', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=0x2', 'limit'],
    ['limit=+2', 'limit'],
    ['limit=2.5', 'limit'],
    ['limit=9007199254740993', 'limit'],
    ['limit=true', 'limit'],
    ['limit=2&limit=2', 'limit'],
    ['limit=2&limit=3&limit=4', 'limit'],
  ])('reject %s', async (query, field) => {
    expect(problemIn(await list(query))).toMatchObject({
      reason: 'INVALID_INPUT',
      fields: { [field]: expect.any(Array) as string[] },
      form: [],
    })
  })

  test.each([
    ['limits=2', 'Unknown field: "limits".'],
    ['limit[]=2', 'Unknown field: "limit[]".'],
    ['=2', 'Unknown field: "".'],
    ['__proto__=2', 'Unknown field: "__proto__".'],
    ['toString=2&toString=3', 'Unknown field: "toString".'],
    ['search=%zz', 'The query string is not UTF-8 text in percent-encoding.'],
    ['search=%ff', 'The query string is not UTF-8 text in percent-encoding.'],
  ])('reject %s: %s', async (query, sentence) => {
    expect(problemIn(await list(query))).toMatchObject({
      reason: 'INVALID_INPUT',
      fields: {},
      form: [sentence],
    })
  })

  test('with many fields cost no more than their length', () => {
    const search = `${'a&'.repeat(60_000)}${'limit&'.repeat(60_000)}`
    const before = process.cpuUsage()
    expect(() =>
      readInput({ procedure: 'users.list', method: 'GET', parameters: {}, search, body: undefined }),
    ).toThrow('not valid')
    const { user } = process.cpuUsage(before)
    expect(user / 1_000).toBeLessThan(1_000)
  })

  test('carry the booleans of a DELETE', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const remove = (value: string) =>
      rest(app.url, `DELETE /account/totp?endOtherSessions=${value}`, { cookie })
    expect(reasonOf(await remove('false'))).toBe('NOT_FOUND')
    for (const wrong of ['False', '0', '', 'null'])
      expect(reasonOf(await remove(wrong))).toBe('INVALID_INPUT')
  })
})
