import { attempt } from '@app/client'
import type { Client } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { appRouter } from '@app/router'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { remoteUser } from './remote-run.ts'

const password = 'correct horse battery'

/** Every procedure, with the name of its method in the client. */
const procedures = Object.entries(
  appRouter._def.procedures as object as Record<string, { _def: { type: string } }>,
)
  .map(([path, { _def }]) => ({ path, method: { query: 'query', mutation: 'mutate' }[_def.type] }))
  // These end the session or the account.
  .toSorted((one, other) => Number(isLast(one.path)) - Number(isLast(other.path)))

function isLast(path: string): boolean {
  return path === 'auth.logout' || path === 'account.close'
}

/** Calls a procedure with an empty input: the failure, or the names of the fields of the result. */
async function byClient(api: Client, path: string, method: string): Promise<unknown> {
  type Procedure = Record<string, (input: object) => Parameters<typeof attempt>[0]>
  // Sound: the path and the method are those of the router.
  const at = path
    .split('.')
    .reduce<object>((each, name) => Reflect.get(each, name) as object, api) as Procedure
  const outcome = await attempt(at[method]?.({}) ?? Promise.reject(new Error(path)))
  return outcome.ok ? fieldsOf(outcome.value) : outcome.failure
}

function fieldsOf(value: unknown): string[] {
  // A download is an iterable of text.
  const isText = typeof value === 'object' && value !== null && Symbol.asyncIterator in value
  return isText ? ['a file'] : Object.keys(Object(value))
}

async function compare(app: TestApp, api: Client, user: ReturnType<typeof remoteUser>): Promise<number> {
  let compared = 0
  for (const { path, method } of procedures) {
    if (method === undefined || path === 'account.export') continue
    const ended = await user.run(['call', path, '{}', '--json', '--server', app.url])
    const byCommand: unknown =
      ended.code === 0
        ? fieldsOf(JSON.parse(ended.stdout))
        : (JSON.parse(ended.stderr) as { failure: unknown }).failure
    expect({ path, outcome: byCommand }).toEqual({ path, outcome: await byClient(api, path, method) })
    compared += 1
  }
  return compared
}

test('call: every procedure has the outcome that the typed client gets', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  using anonymous = remoteUser()
  expect(await compare(app, app.newClient(), anonymous)).toBeGreaterThan(50)

  using grace = remoteUser()
  const api = app.newClient()
  for (const username of ['grace', 'edsger']) {
    await app.newClient().auth.signup.mutate(signupInput({ username, password }))
  }
  await api.auth.login.mutate({ username: 'edsger', password })
  await grace.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  await compare(app, api, grace)
})
