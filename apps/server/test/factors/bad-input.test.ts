import { spawnSync } from 'node:child_process'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import type { Authenticator } from '../support/authenticator.ts'
import { pendingSignupCookie } from '../support/identities.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { startLogin } from '../support/second-factor.ts'

const login = { username: 'ada', password }
const wide = (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
const arabic = (code: string) => code.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))

/** Sends bytes as they are, with the cookie of a browser. */
async function send(app: TestApp, path: string, { cookie, body }: { cookie: string; body: string | Buffer }) {
  const headers = { 'content-type': 'application/json', cookie }
  const response = await fetch(`${app.url}/trpc/${path}`, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() }
}

/** Checks that no browser but the owner's is logged in, and that nothing counts as a try. */
async function expectUntouched(app: TestApp): Promise<void> {
  const rows = await app.services.db.read.selectFrom('login_throttles').select('bucket').execute()
  expect(rows).toEqual([])
  expect(await app.services.db.read.selectFrom('sessions').select('id').execute()).toHaveLength(1)
}

/** What a user may type for the code 123456. */
const accepted: readonly ((code: string) => string)[] = [
  (code) => ` ${code.slice(0, 3)} ${code.slice(3)} `,
  (code) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`,
  (code) => `${code.slice(0, 3)}-${code.slice(3)}`,
  wide,
]

/** What is no code. The wrong types come from programs. */
const refused: readonly ((code: string) => unknown)[] = [
  (code) => code.slice(1),
  (code) => `${code}0`,
  arabic,
  (code) => `+${code.slice(1)}`,
  (code) => `${code}.0`,
  (code) => `0x${code}`,
  (code) => `${code}\u0000`,
  (code) => Number(code),
  (code) => [code],
  (code) => ({ $ne: code }),
  () => null,
  () => '',
  (code) => code.repeat(20_000),
]

test('bad input: a code is accepted as apps show it and as people type it', async () => {
  await using app = await testApp()
  const phone = await addAuthenticator(app, await signUp(app, 'ada'))
  for (const typed of accepted) {
    const input = { method: 'otp', code: typed(phone.nextCode()) }
    const pending = await startLogin(app, login)
    const answer = await post(app.url, 'auth.secondFactor', input, pending)
    expect([input.code, reasonIn(answer)]).toEqual([input.code, undefined])
  }
})

test('bad input: what is no code is INVALID_INPUT, and no try', async () => {
  await using app = await testApp()
  const phone = await addAuthenticator(app, await signUp(app, 'ada'))
  const pending = await startLogin(app, login)
  const code = phone.nextCode()
  for (const typed of refused) {
    const input = { method: 'otp', code: typed(code) }
    const answer = await post(app.url, 'auth.secondFactor', input, pending)
    expect([input.code, reasonIn(answer)]).toEqual([
      input.code,
      JSON.stringify(input).length > 100_000 ? 'PAYLOAD_TOO_LARGE' : 'INVALID_INPUT',
    ])
  }
  await expectUntouched(app)
  const right = await post(app.url, 'auth.secondFactor', { method: 'otp', code }, pending)
  expect(right.text).toContain('"status":"signed-in"')
})

/** Returns the code that oathtool computes, some steps away from now. */
function oathCode(app: TestApp, { secret }: Authenticator, steps = 0): string {
  const at = Math.floor(app.clock.now() / 1_000) + 30 * steps
  const { stdout } = spawnSync('oathtool', ['--totp', '-b', secret, '--now', `@${at}`], { encoding: 'utf8' })
  return stdout.trim()
}

test.skipIf(!isInstalled('oathtool'))(
  'bad input: with codes of oathtool, old, later, used and foreign ones open no session (skipped without it)',
  async () => {
    await using app = await testApp()
    const ada = await addAuthenticator(app, await signUp(app, 'ada'))
    const eve = await addAuthenticator(app, await signUp(app, 'eve'))
    app.clock.advance(10 * 30_000)
    const attempt = async (code: string) => {
      const pending = await startLogin(app, login)
      return reasonIn(await post(app.url, 'auth.secondFactor', { method: 'otp', code }, pending)) ?? 'ok'
    }
    expect(await attempt(oathCode(app, ada, -2))).toBe('CODE_INVALID')
    expect(await attempt(oathCode(app, ada, 2))).toBe('CODE_INVALID')
    expect(await attempt(oathCode(app, eve))).toBe('CODE_INVALID')
    expect(await attempt(oathCode(app, ada))).toBe('ok')
    expect(await attempt(oathCode(app, ada))).toBe('CODE_INVALID')
  },
)

/** Bodies that are no JSON, or JSON of a wrong shape. */
const malformed: readonly (string | Buffer)[] = [
  '{',
  '{"method":"otp","code":"123456"',
  "{'method':'otp','code':'123456'}",
  '{"method":"otp","code":"123456",}',
  '{"method":"otp","code":"123456"}{"method":"otp","code":"123456"}',
  '\uFEFF{"method":"otp","code":"123456"}',
  '{"method":"otp","code":NaN}',
  '{"method":"otp","code":"12\u000034"}',
  Buffer.from('{"method":"otp","code":"\xff\xfe"}', 'latin1'),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  'null',
  '[{"method":"otp","code":"123456"}]',
  '{"__proto__":{"method":"otp","code":"123456"}}',
  '{"method":"constructor","code":"123456"}',
  '{"method":{"method":"otp"},"code":{"code":"123456"}}',
  '{"json":{"method":"otp","code":"123456"},"meta":{}}',
]

/** Every call that takes a factor, an identity or the secret of a link. */
const calls = [
  'auth.secondFactor',
  'auth.elevate',
  'auth.passkeyLogin',
  'auth.completeFactorReset',
  'auth.identitySignup',
  'totp.confirm',
  'passkeys.register',
] as const

test.each(calls)('bad input: malformed JSON for %s is a clear failure, and nothing is lost', async (path) => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const phone = await addAuthenticator(app, await signUp(app, 'ada'))
  const finish = async (cookie: string) =>
    post(app.url, 'auth.secondFactor', { method: 'otp', code: phone.nextCode() }, cookie)
  const opened = (await finish(await startLogin(app, login))).cookies.join('; ')
  const pending = await startLogin(app, login)
  const cookie = [opened, pending, pendingSignupCookie(app, 'someone')].join('; ')
  const sessions = await app.services.db.read.selectFrom('sessions').select('id').execute()
  for (const body of malformed) {
    const answer = await send(app, path, { cookie, body })
    const shown = String(body).slice(0, 60)
    expect([shown, answer.status, reasonIn(answer)]).toEqual([shown, 400, 'INVALID_INPUT'])
    expect(answer.cookies).toEqual([])
  }
  expect(app.log.text).not.toMatch(/"level":"?error/)
  expect((await get(app.url, 'auth.session', opened)).text).toContain('"level":2')
  expect(await app.services.db.read.selectFrom('sessions').select('id').execute()).toEqual(sessions)
  expect((await finish(pending)).text).toContain('"status":"signed-in"')
})

test('bad input: two cookies of a pending log-in in one request are worth nothing', async () => {
  await using app = await testApp()
  const ada = await addAuthenticator(app, await signUp(app, 'ada'))
  const eve = await addAuthenticator(app, await signUp(app, 'eve'))
  const own = await startLogin(app, login)
  const planted = await startLogin(app, { username: 'eve', password })
  for (const cookie of [`${planted}; ${own}`, `${own}; ${planted}`]) {
    for (const code of [ada.nextCode(), eve.code()]) {
      const answer = await post(app.url, 'auth.secondFactor', { method: 'otp', code }, cookie)
      expect(reasonIn(answer)).toBe('LOGIN_EXPIRED')
    }
  }
})
