import { request } from 'node:http'
import { signupInput } from '@app/contract/testing'
import { createAdmin } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { ada, login, signUp } from '../support/brute-force.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'

// These tests add to login.test.ts: spelling and order of headers, cookies, and lockouts.

describeOnEach('login: known and unknown user names', (databaseKind) => {
  test('get the same bytes, except for the date and the request id', async () => {
    await using app = await testApp({ databaseKind })
    const names = await everyKindOfName(app)
    const first = await rawLogin(app, names[0] ?? '')
    expect(first).toContain('HTTP/1.1 401')
    expect(first).toContain('INVALID_CREDENTIALS')
    expect(first).not.toContain('Set-Cookie')
    for (const name of names) expect([name, await rawLogin(app, name)]).toEqual([name, first])
  })

  test('get the same bytes in a browser with a session and a device cookie', async () => {
    await using app = await testApp({ databaseKind })
    const names = await everyKindOfName(app)
    const { cookies } = await login(app, ada)
    const answers = new Set<string>()
    for (const name of names) answers.add(await rawLogin(app, name, cookies.join('; ')))
    expect([...answers]).toEqual([expect.stringContaining('HTTP/1.1 401')])
  })

  test('have the same lockout', async () => {
    await using app = await testApp({ databaseKind })
    const histories = new Set<string>()
    for (const name of await everyKindOfName(app)) {
      const answers: string[] = []
      for (let count = 0; count < 7; count += 1) answers.push(await rawLogin(app, name))
      histories.add(answers.join('\n'))
    }
    expect([...histories]).toEqual([expect.stringMatching(/INVALID_CREDENTIALS[^]*Retry-After: 30/i)])
  })

  test('get the same bytes while the hash queue is full', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
    const names = await everyKindOfName(app)
    using _busy = await occupyHashSlot(app)
    const answers = new Set<string>()
    for (const name of names) answers.add(await rawLogin(app, name))
    expect([...answers]).toEqual([expect.stringContaining('HTTP/1.1 503')])
  })
})

/** Creates accounts of each kind. @returns their user names and an unknown, a reserved and an invalid one */
async function everyKindOfName(app: TestApp): Promise<string[]> {
  await signUp(app)
  for (const username of ['disabled', 'no-password', 'closed']) {
    const api = app.newClient()
    await api.auth.signup.mutate(signupInput({ ...ada, username }))
    if (username === 'closed') await api.account.close.mutate()
  }
  await createAdmin(app.services, { username: 'boss', password: async () => ada.password })
  await app.services.db.write(async (tx) => {
    await tx.updateTable('users').set({ disabled_at: 1 }).where('username', '=', 'disabled').execute()
    const user = tx.selectFrom('users').select('id').where('username', '=', 'no-password')
    await tx.deleteFrom('password_credentials').where('user_id', '=', user).execute()
  })
  return ['ada', 'disabled', 'no-password', 'boss', 'closed', 'unknown', 'root', 'No Such Name!']
}

/** Logs in with a wrong password. @returns the whole response without its request id and date */
async function rawLogin(app: TestApp, username: string, cookie?: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }
  const call = request(`${app.url}/trpc/auth.login`, { method: 'POST', headers, agent: false }, (answer) => {
    let body = ''
    answer.setEncoding('utf8').on('data', (text: string) => (body += text))
    answer.once('end', () => {
      const head = Array.from({ length: answer.rawHeaders.length / 2 }, (_, at) =>
        answer.rawHeaders.slice(2 * at, 2 * at + 2).join(': '),
      )
      const id = String(answer.headers['x-request-id'])
      const whole = [`HTTP/${answer.httpVersion} ${answer.statusCode}`, ...head, '', body].join('\n')
      resolve(whole.replaceAll(id, 'ID').replace(/^Date: .*$/m, 'Date'))
    })
  })
  call.once('error', reject)
  call.end(JSON.stringify({ username, password: 'wrong horse' }))
  return promise
}
