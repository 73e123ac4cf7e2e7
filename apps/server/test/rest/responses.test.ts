import { failureDetails, failures } from '@app/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { rest } from './rest-call.ts'
import type { RestAnswer } from './rest-call.ts'

describe('REST responses', () => {
  test('link to the next page, until the last', async () => {
    await using app = await testApp()
    const { cookie } = await newAdmin(app)
    for (let count = 0; count < 4; count += 1) await newUser(app)
    const found: unknown[] = []
    let path: string | undefined = '/users?limit=2&search=user'
    while (path !== undefined) {
      const { body, headers }: RestAnswer = await rest(app.url, `GET /${path.slice(1)}`, { cookie })
      found.push(...(body as { items: unknown[] }).items)
      path = /^<\/api\/v1(\/users\?[^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1]
    }
    expect(new Set(found.map((item) => JSON.stringify(item))).size).toBe(5)
    expect(found).toHaveLength(5)
  })

  test('a type of a problem leads to its description', async () => {
    await using app = await testApp()
    for (const [reason, { status, text }] of Object.entries(failures)) {
      const response = await fetch(`${app.url}/api/problems/${reason}`)
      expect(response.status).toBe(200)
      const type = `/api/problems/${reason}`
      expect(await response.json()).toMatchObject({
        type,
        title: text,
        status,
        reason,
        details: { type: 'object' },
      })
    }
    for (const unknown of ['NOTHING', 'toString', '__proto__', '%zz'])
      expect((await fetch(`${app.url}/api/problems/${unknown}`)).status).toBeGreaterThanOrEqual(400)
  })

  test('no detail of a failure has the name of a member that every problem has', () => {
    const members = ['type', 'title', 'status', 'detail', 'instance', 'reason']
    for (const schema of Object.values(failureDetails))
      expect(members).not.toEqual(
        expect.arrayContaining(Object.keys(z.toJSONSchema(schema).properties ?? {})),
      )
  })
})
