import { tokenScopes } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { DatabaseUnavailable } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { callRest, rest } from '../rest/rest-call.ts'
import { newAdmin, newUser, password } from './actors.ts'
import type { CookieActor } from './actors.ts'
import { driveTokens } from './drive-tokens.ts'
import { giveToken } from './give-token.ts'
import type { Path } from './procedure-types.ts'
import { call, paths } from './procedures.ts'
import { post } from './raw-call.ts'
import { validInput } from './valid-inputs.ts'

/** Texts that users type into password fields and other fields. */
export const typedAs = {
  password,
  newPassword: 'a better battery',
  wrongPassword: 'Canary wrong password 4711',
  username: 'canary-typed-as-a-name-0815',
  anotherType: 'canary of another type 77',
  brokenJson: 'canary in a broken text 23',
  query: 'canary behind a question mark 5',
} as const

/**
 * Calls every procedure in every way whose response, log line or row could leak a secret.
 * @returns the secrets of links that were sent
 */
export async function driveEveryCall(app: TestApp): Promise<string[]> {
  const secrets: string[] = []
  // So that no caller below is the last admin.
  await newAdmin(app)
  for (const path of paths) {
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    if ('secret' in input) secrets.push(input.secret)
    await withAnotherType(app, path, input, caller)
    await callRest(app.url, path, { ...input, surprise: typedAs.anotherType }, caller.cookie)
    await call(app.url, path, input, caller.cookie)
    await call(app.url, path, {}, `session=${typedAs.wrongPassword}`)
  }
  await withWrongPasswords(app, await newUser(app))
  await pastTheProcedures(app, await newUser(app))
  await driveTokens(app, await newUser(app))
  await withABug(app, () => carrying(new TypeError('planted')))
  await withABug(app, () => new DatabaseUnavailable('planted', { cause: carrying(new Error('planted')) }))
  return secrets
}

async function withAnotherType(
  { url }: TestApp,
  path: Path,
  valid: object,
  { cookie }: CookieActor,
): Promise<void> {
  const { anotherType } = typedAs
  for (const wrong of [[anotherType], { [anotherType]: anotherType }]) {
    const input = Object.fromEntries(Object.keys(valid).map((key) => [key, wrong]))
    await call(url, path, { ...input, surprise: anotherType }, cookie)
  }
  await call(url, path, anotherType, cookie)
  await call(url, path, [anotherType], cookie)
}

async function withWrongPasswords({ url }: TestApp, { username, cookie }: CookieActor): Promise<void> {
  const wrong = typedAs.wrongPassword
  const { cookies } = await post(url, 'auth.login', { username, password })
  await post(url, 'auth.login', { username, password: wrong }, cookies.join('; '))
  await post(url, 'auth.login', { username: typedAs.username, password })
  await post(url, 'auth.elevate', { password: wrong }, cookie)
  const change = { currentPassword: wrong, newPassword: typedAs.newPassword }
  await post(url, 'account.changePassword', change, cookie)
  await post(url, 'account.changePassword', { ...change, newPassword: 'password1' }, cookie)
  await post(url, 'auth.signup', signupInput({ username, password: wrong }))
  await post(url, 'auth.signup', signupInput({ username: 'x', password: wrong.repeat(20), email: wrong }))
}

async function pastTheProcedures({ url }: TestApp, { cookie }: CookieActor): Promise<void> {
  const body = `{"password":"${typedAs.brokenJson}`
  const to = (path: string, headers: Record<string, string>) =>
    fetch(`${url}${path}`, { method: 'POST', headers: { cookie, ...headers }, body })
  const json = { 'content-type': 'application/json' }
  await to('/trpc/auth.login', json)
  await to('/trpc/auth.login', { 'content-type': 'text/plain' })
  await to('/trpc/auth.login', { ...json, origin: 'https://elsewhere.example' })
  await to('/trpc/auth.nothing', json)
  await to('/trpc/account.me', json)
  await to('/api/anything', json)
  await to('/api/authenticate', json)
  await to('/api/v1/auth/login', json)
  await to(`/api/v1/auth/login?password=${encodeURIComponent(typedAs.query)}`, json)
  await to('/plain/login', { 'content-type': 'application/x-www-form-urlencoded' })
  const { username, wrongPassword } = typedAs
  for (const uid of [username, wrongPassword]) {
    const fields = { uid, password: wrongPassword }
    await fetch(`${url}/api/authenticate`, { method: 'POST', headers: json, body: JSON.stringify(fields) })
    const form = new URLSearchParams({ username: uid, password: wrongPassword })
    await fetch(`${url}/plain/login`, { method: 'POST', body: form })
    await rest(url, 'POST /auth/login', { body: { username: uid, password: wrongPassword } })
    await fetch(`${url}/log_in?password=${wrongPassword}`, { method: 'POST', body: form })
  }
  const query = encodeURIComponent(typedAs.query)
  for (const path of ['/trpc/account.me', '/trpc/auth.login', '/login', '/nowhere', '/livez']) {
    await fetch(`${url}${path}?input=${query}&password=${query}`, { headers: { cookie } })
  }
}

/**
 * Makes every call fail inside the database, with an error that contains its arguments, as library errors do.
 */
async function withABug(app: TestApp, bug: () => Error): Promise<void> {
  const caller = await newAdmin(app)
  const token = await giveToken(app, caller.id, { scopes: tokenScopes })
  const inputs = new Map<Path, object>()
  for (const path of paths) inputs.set(path, await validInput(path, { app, caller, owner: caller }))
  const { db } = app.services
  // Sound: all but the two is the database's own.
  const broken = Object.create(db, {
    read: {
      get: () => {
        throw bug()
      },
    },
    write: { value: () => Promise.reject(bug()) },
  }) as typeof db
  app.services.db = broken
  for (const [path, input] of inputs) {
    await call(app.url, path, input, caller.cookie)
    await call(app.url, path, input, token)
  }
  app.services.db = db
}

function carrying(error: Error): Error {
  const parameters = [password, typedAs.wrongPassword]
  return Object.assign(error, { input: { password }, parameters, query: `values ('${password}')` })
}
