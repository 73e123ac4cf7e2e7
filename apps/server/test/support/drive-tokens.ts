import { tokenScopes } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import { callRest } from '../rest/rest-call.ts'
import type { CookieActor } from './actors.ts'
import { giveToken } from './give-token.ts'
import { call, paths } from './procedures.ts'
import { post } from './raw-call.ts'

/** Sends access tokens in every right and wrong way whose response, log line or row could leak them. */
export async function driveTokens(app: TestApp, { id, cookie }: CookieActor): Promise<void> {
  const { url } = app
  const created = await post(url, 'tokens.create', { name: 'Canary', scopes: ['account:write'] }, cookie)
  // Sound: the output of the procedure.
  const { result } = JSON.parse(created.text) as { result: { data: { token: string } } }
  const { token } = result.data
  for (const path of paths) {
    await call(url, path, {}, { token })
    await call(url, path, {}, { token, cookie })
    await callRest(url, path, {}, { token })
  }
  for (const header of [token, `Basic ${token}`, `Bearer ${token} ${token}`, `Token token="${token}"`]) {
    await fetch(`${url}/trpc/account.me`, { headers: { authorization: header } })
  }
  for (const query of [`access_token=${token}`, `token=${token}`, `input=${token}`]) {
    await fetch(`${url}/trpc/account.me?${query}`)
    await fetch(`${url}/api/v1/account?${query}`)
  }
  await fetch(`${url}/${token}`)
  const expired = await giveToken(app, id, { scopes: tokenScopes, expiresInMs: 0 })
  await call(url, 'account.me', {}, expired)
}
