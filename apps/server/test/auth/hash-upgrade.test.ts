import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

async function storedHash({ services }: TestApp): Promise<string> {
  const { hash } = await services.db.read
    .selectFrom('password_credentials')
    .select('hash')
    .executeTakeFirstOrThrow()
  return hash
}

describeOnEach('a stored hash after PASSWORD_HASH_COST was raised', (databaseKind) => {
  test.each(['auth.login', 'auth.elevate'])(
    'is replaced by %s with the right password, and no session ends',
    async (procedure) => {
      await using before = await testApp({ databaseKind, settings: { passwordHashCost: 4 } })
      const { cookies } = await post(before.url, 'auth.signup', signupInput(ada))
      const other = await post(before.url, 'auth.login', ada)
      const { databaseUrl, clock } = before
      await using after = await testApp({
        databaseKind,
        databaseUrl,
        clock,
        settings: { passwordHashCost: 5 },
      })
      const old = await storedHash(after)
      expect(old).toContain('$2b$04$')
      const input = ({ password }: { password: string }) =>
        procedure === 'auth.login' ? { username: ada.username, password } : { password }
      const cookie = procedure === 'auth.login' ? undefined : cookies[0]

      const refused = await post(after.url, procedure, input({ password: 'not the password' }), cookie)
      expect(reasonIn(refused)).toBe('INVALID_CREDENTIALS')
      expect(await storedHash(after)).toBe(old)

      const proved = await post(after.url, procedure, input(ada), cookie)
      expect(proved.status).toBe(200)
      const made = await storedHash(after)
      expect(made).toContain('$2b$05$')
      expect((await get(after.url, 'account.me', proved.cookies[0])).status).toBe(200)
      expect((await get(after.url, 'account.me', other.cookies[0])).status).toBe(200)

      // The same password needs no new hash.
      expect((await post(after.url, 'auth.login', ada)).status).toBe(200)
      expect(await storedHash(after)).toBe(made)
    },
  )
})
