import { signupInput } from '@app/contract/testing'
import { requestFactorReset } from '@app/router'
import type { SoftwareAuthenticator } from '@app/router/testing'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUsername, password, unknownCode, unknownSecret } from '../support/actors.ts'
import { authenticatorOf } from '../support/authenticator.ts'
import { secretIn } from '../support/new-factor-reset.ts'
import { newAuthenticator } from '../support/passkeys.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { browsers } from './factor-commands.ts'
import type { Browser, FactorCall, FactorCommand } from './factor-commands.ts'
import { levelOf, newFactorWorld } from './factor-model.ts'
import type { FactorWorld } from './factor-model.ts'
import { Divergence } from './play.ts'
import { predictFactors, predictRequest } from './predict-factors.ts'

/** Two servers of one site on one database. */
export interface FactorServers extends AsyncDisposable {
  readonly all: readonly [TestApp, TestApp]
}

const publicUrl = 'http://localhost:8087'
const dayMs = 24 * 3_600_000
const long = 1_000 * dayMs
const sessionTimeouts = { idleMs: long, absoluteMs: long, rememberedIdleMs: long, rememberedAbsoluteMs: long }

export async function startFactorServers(databaseKind: 'sqlite' | 'postgres'): Promise<FactorServers> {
  const shared = {
    settings: { limits: 'relaxed', hashConcurrency: 8, sessionTimeouts } as const,
    host: { publicUrl },
  }
  const first = await testApp({ databaseKind, ...shared })
  const second = await testApp({ databaseUrl: first.databaseUrl, clock: first.clock, ...shared })
  return {
    all: [first, second],
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]()
      await first[Symbol.asyncDispose]()
    },
  }
}

interface Game {
  servers: FactorServers
  username: string
  world: FactorWorld
  cookies: Record<Browser, Map<string, string>>
  secret: string
  passkey: { authenticator: SoftwareAuthenticator; id: string } | null
  codes: string[]
  links: string[]
}

/**
 * Does the steps with a new account on two servers, and with the model. After each step they must agree on
 * its outcome, and on the level and the methods of the session of each browser.
 * @throws Divergence
 */
export async function playFactors(servers: FactorServers, steps: readonly FactorCommand[]): Promise<void> {
  const [app] = servers.all
  // Whole steps, so that the model counts the same ones.
  app.clock.advance(30_000 - (app.clock.now() % 30_000))
  const username = newUsername()
  await post(app.url, 'auth.signup', signupInput({ username, password }))
  const game: Game = {
    servers,
    username,
    world: newFactorWorld(app.clock.now() / 1_000),
    cookies: { laptop: new Map(), phone: new Map() },
    secret: 'A'.repeat(32),
    passkey: null,
    codes: [],
    links: [],
  }
  const protocol: string[] = []
  for (const step of steps) {
    const [expected, seen] = await advance(game, step)
    protocol.push(`${JSON.stringify(step)}: ${seen}`)
    mustAgree(protocol, expected, seen)
    mustAgree(protocol, expectedSessions(game.world), await seenSessions(game))
  }
}

async function advance(game: Game, step: FactorCommand): Promise<readonly [string, string]> {
  const { servers, world } = game
  const [app] = servers.all
  if (step.do === 'wait') {
    app.clock.advance(step.seconds * 1_000)
    world.now += step.seconds
    return ['ok', 'ok']
  }
  if (step.do === 'request a reset') {
    const outcome = await requestFactorReset(app.services, game.username)
    if (outcome.ok) game.links.push(secretIn(outcome.value.link))
    return [predictRequest(world), outcome.ok ? 'ok' : outcome.failure.reason]
  }
  if (isPointless(world, step)) return ['none', 'none']
  const expected = predictFactors(world, step)
  return [expected, await perform(game, step)]
}

/** The authenticator of a test has one passkey at most, and offers none that the server does not ask for. */
function isPointless({ hasPasskey }: FactorWorld, { do: what }: FactorCall): boolean {
  if (what === 'add a passkey') return hasPasskey
  const needsPasskey = ['log in by passkey', 'finish by passkey', 'elevate by passkey', 'remove the passkey']
  return needsPasskey.includes(what) && !hasPasskey
}

async function perform(game: Game, call: FactorCall): Promise<string> {
  const { cookies, servers } = game
  const app = servers.all[call.server]
  const jar = cookies[call.by]
  const send = async (path: string, input: object): Promise<RawAnswer> => {
    const answer = await post(app.url, path, input, cookieOf(jar))
    for (const pair of answer.cookies) {
      const at = pair.indexOf('=')
      if (pair.length === at + 1) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair)
    }
    return answer
  }
  const answer = await (async () => {
    switch (call.do) {
      case 'log in':
        return send('auth.login', { username: game.username, password })
      case 'log out':
        return send('auth.logout', {})
      case 'enroll':
        return send('totp.enroll', {})
      case 'confirm':
        return send('totp.confirm', { code: codeOf(game, call.shift), endOtherSessions: call.ends })
      case 'remove the app':
        return send('totp.remove', { endOtherSessions: call.ends })
      case 'add a passkey': {
        const options = await send('passkeys.options', {})
        if (reasonIn(options) !== undefined) return options
        const authenticator = newAuthenticator(app)
        const response = authenticator.create(dataOf(options))
        const added = await send('passkeys.register', { response, endOtherSessions: call.ends })
        if (reasonIn(added) === undefined)
          game.passkey = { authenticator, id: dataOf<{ passkey: { id: string } }>(added).passkey.id }
        return added
      }
      case 'remove the passkey':
        return send('passkeys.remove', { id: game.passkey?.id, endOtherSessions: call.ends })
      case 'log in by passkey':
      case 'finish by passkey':
      case 'elevate by passkey': {
        const [purpose, path] = passkeyCalls[call.do]
        const options = await send('auth.passkeyOptions', { purpose })
        if (reasonIn(options) !== undefined) return options
        const response = game.passkey?.authenticator.get(dataOf(options))
        return send(path, path === 'auth.passkeyLogin' ? { response } : { method: 'passkey', response })
      }
      case 'elevate by password':
        return send('auth.elevate', { password })
      case 'finish by code':
        return send('auth.secondFactor', { method: 'otp', code: codeOf(game, call.shift) })
      case 'elevate by code':
        return send('auth.elevate', { method: 'otp', code: codeOf(game, call.shift) })
      case 'finish by recovery code':
        return send('auth.secondFactor', { method: 'recovery', code: recoveryCode(game, call.which) })
      case 'elevate by recovery code':
        return send('auth.elevate', { method: 'recovery', code: recoveryCode(game, call.which) })
      case 'finish by link':
        return send('auth.completeFactorReset', { secret: game.links.at(-1 - call.which) ?? unknownSecret })
      case 'replace the codes':
        return send('recoveryCodes.regenerate', {})
      case 'cancel the reset':
        return send('account.cancelFactorReset', {})
    }
  })()
  const reason = reasonIn(answer)
  // In the model a browser without any cookie has a log-in that is over.
  if (reason === 'COOKIE_MISSING' && jar.size === 0) return 'LOGIN_EXPIRED'
  if (reason !== undefined) return reason
  const { status, secret, recoveryCodes, codes } = dataOf<{
    status?: string
    secret?: string
    recoveryCodes?: string[] | null
    codes?: string[]
  }>(answer)
  if (secret !== undefined) game.secret = secret
  game.codes.push(...(recoveryCodes ?? codes ?? []))
  return status === 'second-factor' ? status : 'ok'
}

const passkeyCalls = {
  'log in by passkey': ['login', 'auth.passkeyLogin'],
  'finish by passkey': ['second-factor', 'auth.secondFactor'],
  'elevate by passkey': ['elevation', 'auth.elevate'],
} as const

function codeOf({ servers, secret }: Game, shift: number): string {
  return authenticatorOf(servers.all[0], secret).code(shift)
}

function recoveryCode({ codes }: Game, which: number): string {
  return codes.at(-1 - which) ?? unknownCode
}

function cookieOf(jar: ReadonlyMap<string, string>): string {
  return [...jar.values()].join('; ')
}

function dataOf<T>({ text }: RawAnswer): T {
  // Sound: by the contract, the answer of a call that succeeded.
  return (JSON.parse(text) as { result: { data: T } }).result.data
}

function expectedSessions({ sessions }: FactorWorld): string {
  const shown = browsers.map((name) => {
    const session = sessions[name]
    return session === null || session.ended ? 'none' : `level ${levelOf(session)} ${session.methods.join()}`
  })
  return shown.join(', ')
}

async function seenSessions({ servers, cookies }: Game): Promise<string> {
  const shown = await Promise.all(
    browsers.map(async (name, index) => {
      const answer = await get(servers.all[index === 0 ? 0 : 1].url, 'auth.session', cookieOf(cookies[name]))
      const current = dataOf<{ session: { level: number; methods: string[] } } | null>(answer)
      return current === null ? 'none' : `level ${current.session.level} ${current.session.methods.join()}`
    }),
  )
  return shown.join(', ')
}

function mustAgree(protocol: readonly string[], expected: string, seen: string): void {
  if (expected === seen) return
  throw new Divergence([...protocol, `the model says ${expected}`, `the server says ${seen}`].join('\n'))
}
