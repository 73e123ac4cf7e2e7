import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { call, paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'

/** ASVS 5.0 6.1.3 and 6.3.4: every login method is documented, and no other exists. */
test('login methods: only the documented procedures open a session for a caller without one', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  await newAdmin(app)
  const opening: string[] = []
  for (const path of paths) {
    const caller = await newUser(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const { cookies } = await call(app.url, path, input)
    if (cookies.some((cookie) => /^session[^=]*=./.test(cookie))) opening.push(path)
  }
  expect(opening).toEqual(['auth.signup', 'auth.login'])

  const page = readFileSync(new URL('../../../../docs/security.md', import.meta.url), 'utf8')
  for (const path of opening) expect(page).toContain(`\`${path}\``)
})
