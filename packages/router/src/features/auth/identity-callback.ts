import { roles } from '@app/contract'
import { identitySignupPath } from '@app/contract/provider-links'
import type { ProviderError } from '@app/contract/provider-links'
import { fail, FailureError } from '../../failures.ts'
import {
  countAttempt,
  findIdentity,
  fixedUsername,
  hasFixedUsername,
  withError,
} from '../identities/index.ts'
import type { Attempt, PendingSignup, Provider } from '../identities/index.ts'
import { completeIdentityLogin } from './complete-identity-login.ts'
import { sendLogin } from './complete-login.ts'
import { countSignup } from './count-signup.ts'
import { createIdentityAccount } from './create-identity-account.ts'
import { confirmByIdentity, linkIdentity, recordFailedProof } from './identity-of-session.ts'
import type { CallbackContext, IdentityOutcome, ProvedAttempt } from './proved-attempt.ts'

/**
 * Ends an attempt. The answer counts only in the browser that began it, once, and for the same provider:
 * everything else leaves session, cookies and database as they are.
 * @param search the query of the callback
 * @returns the path of the page to open next
 */
export async function finishAttempt(
  ctx: CallbackContext,
  provider: Provider,
  search: string,
): Promise<string> {
  const attempt = ctx.attemptCookie.read(ctx.cookies, ctx.clock())
  const states = new URLSearchParams(search).getAll('state')
  if (attempt === null && ctx.cookies.isEmpty()) return withError('/login', 'cookie-missing')
  if (attempt === null || attempt.provider !== provider.name || states.join() !== attempt.state) {
    return withError('/login', 'expired')
  }
  if ((await countAttempt(ctx)) > 0) return failed(attempt, 'busy')
  // Cleared whatever follows. The provider accepts the code once, so a copy of the cookie is worth nothing.
  ctx.attemptCookie.clear(ctx.cookies)
  const { verifier, state, nonce, purpose, startedAt } = attempt
  // Since the start: the user may need minutes for a second factor or a consent after the log-in there.
  const maxAgeSeconds =
    purpose.kind === 'elevate' ? Math.max(0, Math.ceil((ctx.clock() - startedAt) / 1_000)) : null
  const answer = { search, verifier, state, nonce, maxAgeSeconds, now: ctx.wallClock() }
  const proof = await provider.readAccount(answer, ctx.request.id)
  if (proof.reason !== null) {
    const { reason } = proof
    if (reason === 'invalid' || reason === 'refused') await recordFailedProof(ctx, attempt, reason)
    return failed(attempt, reason)
  }
  const proved = { attempt, account: proof.account }
  const next = { 'log-in': logIn, elevate: confirmByIdentity, link: linkIdentity }[purpose.kind]
  const outcome = await next(ctx, proved)
  return typeof outcome === 'string' ? outcome : failed(attempt, outcome.error)
}

/** Returns the page on which the attempt began, or the log-in page, with what went wrong. */
function failed({ purpose, redirectTo }: Attempt, error: ProviderError): string {
  if (purpose.kind !== 'log-in') return withError(redirectTo, error)
  const page = redirectTo === '/' ? '/login' : `/login?redirectTo=${encodeURIComponent(redirectTo)}`
  return withError(page, error)
}

async function logIn(ctx: CallbackContext, proved: ProvedAttempt): Promise<IdentityOutcome> {
  const known = await findIdentity(ctx.db.read, proved.account)
  return known === undefined ? signUp(ctx, proved) : completeIdentityLogin(ctx, proved, known)
}

/** Asks for a user name, or takes that of the provider if the setting says so. */
async function signUp(ctx: CallbackContext, { attempt, account }: ProvedAttempt): Promise<IdentityOutcome> {
  if (ctx.settings.signup === 'closed') return { error: 'signup-closed' }
  const { provider, purpose, redirectTo } = attempt
  const remembered = purpose.kind === 'log-in' && purpose.remembered
  const identity = { provider, ...account, remembered }
  if (ctx.settings.signup === 'open' && hasFixedUsername(ctx.settings, identity)) {
    return signUpAsNamed(ctx, identity, redirectTo)
  }
  ctx.identitySignup.write(ctx.cookies, identity, ctx.clock())
  const next = redirectTo === '/' ? '' : `?redirectTo=${encodeURIComponent(redirectTo)}`
  return identitySignupPath + next
}

const signupErrors: { [reason: string]: ProviderError | undefined } = {
  USERNAME_TAKEN: 'username-taken',
  IDENTITY_TAKEN: 'identity-taken',
}

async function signUpAsNamed(
  ctx: CallbackContext,
  identity: PendingSignup,
  redirectTo: string,
): Promise<IdentityOutcome> {
  const username = fixedUsername(identity)
  if (username === null) return { error: 'username-invalid' }
  if ((await countSignup(ctx)) > 0) return { error: 'busy' }
  const previousSession = await ctx.auth.session()
  const device = ctx.deviceCookie.read(ctx.cookies)
  const chosen = { identity, username, name: identity.name ?? username, role: roles[0] }
  const account = { ...chosen, email: null, invitation: undefined, previousSession, device }
  try {
    const { token, self } = await ctx.db.write((tx) => createIdentityAccount(tx, ctx, account, fail))
    sendLogin(ctx, { token, self }, device)
    return redirectTo
  } catch (error) {
    const code = error instanceof FailureError ? signupErrors[error.failure.reason] : undefined
    if (code === undefined) throw error
    return { error: code }
  }
}
