import { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { deviceCookie } from '../support/brute-force.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { browsers } from './lockout-commands.ts'
import type { Browser, LockoutCommand } from './lockout-commands.ts'

/** One browser of the owner, and whether it must be a known device. */
interface BrowserState {
  device: string | undefined
  session: string | undefined
  isKnown: boolean
  /** Since a recovery, until its next log-in. */
  mustBeUnknown: boolean
  /** Consecutive wrong passwords of its own user: ten lock it, as intended. */
  mistyped: number
  /** Right passwords in its session. */
  confirmed: number
}

interface World {
  username: string
  /** How often the password was changed. */
  version: number
  browsers: Record<Browser, BrowserState>
  stolen: string | undefined
  /** How many passwords log-ins compared. Their limit does not end with a lockout. */
  compared: number
  /** Whether an attacker has used up the log-ins of the account by the right password. */
  hasUsedUpLogins: boolean
}

const mostMistyped = 3
/** Leaves a confirmation and a change of the password. */
const mostConfirmed = rateLimits.confirmationsPerSession.points - 2

/**
 * Runs the steps against a new account and locks it for unknown devices by guesses. Then its owner must be
 * able to log in and change the password on each browser that must be a known device, and not on one that was
 * known before a recovery.
 * @throws Error with the step that was rejected
 */
export async function playLockout(
  app: TestApp,
  run: number,
  steps: readonly LockoutCommand[],
): Promise<void> {
  const world = newWorld(run)
  const network = `${Math.floor(run / 250)}.${run % 250}`
  // No step uses up the limit of `unused`.
  const [home, elsewhere, unused] = [`10.1.${network}`, `10.2.${network}`, `10.3.${network}`]
  const call = async (
    path: string,
    input: object,
    cookies: readonly (string | undefined)[],
    address = home,
  ) => {
    const cookie = cookies.filter((each) => each !== undefined).join('; ')
    const answer = await post(app.url, path, input, cookie, address)
    if (path === 'auth.login' && reasonIn(answer) !== 'RATE_LIMITED') world.compared += 1
    return answer
  }

  const enter = (browser: BrowserState, answer: RawAnswer, confirmed = 0) => {
    browser.device = deviceCookie(answer.cookies)
    browser.session = answer.cookies.find((cookie) => cookie !== browser.device)
    browser.isKnown = true
    browser.mustBeUnknown = false
    browser.mistyped = 0
    browser.confirmed = confirmed
  }
  const passwordOf = (version: number) => `battery number ${version}`
  const credentials = () => ({ username: world.username, password: passwordOf(world.version) })
  const logIn = async (browser: BrowserState) => {
    const answer = await call('auth.login', credentials(), [browser.device, browser.session])
    if (reasonIn(answer) === undefined) enter(browser, answer)
    return reasonIn(answer)
  }
  const changePassword = async (browser: BrowserState) => {
    const input = { currentPassword: passwordOf(world.version), newPassword: passwordOf(world.version + 1) }
    const answer = await call('account.changePassword', input, [browser.device, browser.session])
    if (reasonIn(answer) !== undefined) return reasonIn(answer)
    for (const other of Object.values(world.browsers)) other.isKnown = false
    world.version += 1
    return enter(browser, answer, browser.confirmed + 1)
  }
  /** Confirms, ends the other sessions and changes the password, without a log-in. */
  const throwOut = async (browser: BrowserState) => {
    const input = { password: passwordOf(world.version) }
    const elevated = await call('auth.elevate', input, [browser.device, browser.session])
    const reason = reasonIn(elevated)
    if (reason !== undefined)
      return ['SESSION_EXPIRED', 'UNAUTHENTICATED'].includes(reason) ? undefined : reason
    browser.session = elevated.cookies.find((cookie) => cookie.startsWith('session=')) ?? browser.session
    const ended = await call('sessions.revokeOthers', {}, [browser.device, browser.session])
    return reasonIn(ended) ?? changePassword(browser)
  }
  /** Also ends a lockout, so that the log-in must succeed. */
  const recover = async (browser: BrowserState) => {
    if (world.hasUsedUpLogins || world.compared > rateLimits.hashesPerCaller.points / 2) return
    const secret = await newRecoverySecret(app, world.username)
    world.version += 1
    const input = { secret, newPassword: passwordOf(world.version) }
    await mustSucceed('reset', call('recovery.reset', input, [], unused))
    for (const other of Object.values(world.browsers)) {
      other.isKnown = false
      other.mustBeUnknown = other.device !== undefined
    }
    const loggedIn = call('auth.login', credentials(), [], unused)
    enter(browser, await mustSucceed('log-in after a reset', loggedIn))
  }

  const wrong = { username: world.username, password: 'a guess' }
  enter(world.browsers.laptop, await call('auth.signup', signupInput(credentials()), []))
  for (const step of steps) await take(step)
  // So that only known browsers can log in.
  for (let count = 0; count < 6; count += 1) await call('auth.login', wrong, [], unused)
  for (const name of browsers) {
    const browser = world.browsers[name]
    if (browser.mustBeUnknown && (await logIn(browser)) === undefined)
      throw new Error(`The ${name} is known although its user has recovered the account.`)
  }
  for (const browser of Object.values(world.browsers)) {
    if (!browser.isKnown) continue
    if (world.hasUsedUpLogins && browser.confirmed > mostConfirmed) continue
    const refusal = world.hasUsedUpLogins
      ? await throwOut(browser)
      : ((await logIn(browser)) ?? (await changePassword(browser)))
    if (refusal !== undefined) throw new Error(`The owner is refused on a known browser: ${refusal}`)
  }

  async function useUp(name: 'passwordLoginsPerAccount' | 'confirmationsPerSession', key: string) {
    await app.services.rateLimits.consume(name, key, rateLimits[name].points)
  }

  async function userIdOf(username: string): Promise<string> {
    const users = app.services.db.read.selectFrom('users').where('username', '=', username).select('id')
    return (await users.executeTakeFirstOrThrow()).id
  }

  async function take(step: LockoutCommand): Promise<unknown> {
    if ('wait' in step) return app.clock.advance(step.wait * 1_000)
    if ('attacker' in step) return attack(step)
    if (step.owner === 'run a program') {
      for (let count = 0; count < step.times; count += 1) await call('auth.login', credentials(), [])
      return
    }
    const browser = world.browsers[step.on]
    const cookies = [browser.device, browser.session]
    switch (step.owner) {
      case 'log in':
        return logIn(browser)
      case 'mistype':
        browser.mistyped += 1
        return browser.mistyped > mostMistyped
          ? undefined
          : call('auth.login', { ...credentials(), password: 'a mistyped one' }, cookies)
      case 'change the password':
        return changePassword(browser)
      case 'recover':
        return recover(browser)
      case 'log out':
        return call('auth.logout', {}, cookies)
      case 'end other sessions': {
        const isDone = reasonIn(await call('sessions.revokeOthers', {}, cookies)) === undefined
        for (const other of Object.values(world.browsers)) {
          if (isDone && browser.isKnown && other !== browser) other.isKnown = false
        }
        return
      }
    }
  }

  async function attack(step: Extract<LockoutCommand, { attacker: string }>): Promise<void> {
    const address = 'fromTheOwnersAddress' in step && step.fromTheOwnersAddress ? home : elsewhere
    for (let count = 0; count < ('times' in step ? step.times : 1); count += 1) {
      switch (step.attacker) {
        case 'guess': {
          const invented = step.withInventedDevice ? `known-device=${'x'.repeat(43)}` : undefined
          await call('auth.login', wrong, [invented], address)
          break
        }
        case 'use up the address of the owner':
          for (let failure = 0; failure < rateLimits.loginFailuresPerAddress.points; failure += 1) {
            await app.services.rateLimits.consume('loginFailuresPerAddress', home)
          }
          break
        case 'use up the log-ins':
          world.hasUsedUpLogins = true
          await useUp('passwordLoginsPerAccount', await userIdOf(world.username))
          break
        case 'use up the confirmations': {
          const { cookies } = await call('auth.login', credentials(), [], address)
          const session = cookies.find((cookie) => cookie.startsWith('session='))
          const claims = app.services.sessionTokens.verify(session?.slice('session='.length) ?? '')
          if (claims !== null) await useUp('confirmationsPerSession', claims.sessionId)
          break
        }
        case 'steal the session cookie':
          world.stolen = world.browsers[step.of].session ?? world.stolen
          break
        case 'elevate':
          await call('auth.elevate', { password: 'a guess' }, [world.stolen], address)
          break
        case 'change the password': {
          const input = { currentPassword: 'a guess', newPassword: 'a password of the attacker' }
          await call('account.changePassword', input, [world.stolen], address)
          break
        }
        case 'log in':
          await call('auth.login', wrong, [world.stolen], address)
          break
        case 'end other sessions':
          await call('sessions.revokeOthers', {}, [world.stolen], address)
          break
        case 'log out':
          await call('auth.logout', {}, [world.stolen], address)
      }
    }
  }
}

async function mustSucceed(what: string, pending: Promise<RawAnswer>): Promise<RawAnswer> {
  const answer = await pending
  const reason = reasonIn(answer)
  if (reason !== undefined) throw new Error(`The owner is refused the ${what}: ${reason}`)
  return answer
}

function newWorld(run: number): World {
  const unused = () => ({
    device: undefined,
    session: undefined,
    isKnown: false,
    mustBeUnknown: false,
    mistyped: 0,
    confirmed: 0,
  })
  return {
    username: `owner-${run}`,
    version: 0,
    browsers: { laptop: unused(), phone: unused() },
    stolen: undefined,
    compared: 0,
    hasUsedUpLogins: false,
  }
}
