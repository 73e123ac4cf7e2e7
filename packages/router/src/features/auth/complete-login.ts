import type { AuthMethod, LoginResult, SecondFactorMethod, Self, SignedIn } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { isNewDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { cancelReset } from '../factor-resets/index.ts'
import { listSecondFactorMethods } from '../factors/index.ts'
import type { PendingLogin } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { amrOf } from '../sessions/index.ts'
import { readSelf } from '../users/index.ts'
import type { FoundUser } from '../users/index.ts'
import { clearUnfinished } from './clear-unfinished.ts'
import { openSession } from './open-session.ts'
import type { OpenedSession, OpenSessionInput } from './open-session.ts'

/** A log-in to be sent once it is committed. */
interface CompletedLogin {
  status: 'signed-in'
  token: OpenedSession
  self: Self
}

type CompletedStep =
  | CompletedLogin
  | { status: 'second-factor'; methods: SecondFactorMethod[]; pending: PendingLogin }

type LoginInput = Omit<OpenSessionInput, 'userId' | 'methods' | 'factorId'> & { user: FoundUser }

interface FirstStep extends LoginInput {
  method: Extract<AuthMethod, 'pwd' | 'oidc'>
  proof: PendingLogin['proof']
}

/** Opens a session after the first step, or asks for the second factor of an account that has one. */
export async function completeFirstStep(
  tx: Writer,
  ctx: Context,
  { method, proof, ...input }: FirstStep,
): Promise<CompletedStep> {
  const { user, remembered } = input
  const secondFactors = await listSecondFactorMethods(tx, user.id)
  if (secondFactors.length === 0)
    return completeLogin(tx, ctx, { ...input, methods: [method], factorId: null })
  // Tells the owner of an attacker who has the password or the provider's account, and stops here.
  await recordEvent(tx, ctx, { event: 'second-factor-asked', subject: user.id, detail: { method } })
  await notifyOfFirstStep(tx, ctx, input, method)
  const pending = { userId: user.id, methods: [method], remembered, proof }
  return { status: 'second-factor', methods: secondFactors, pending }
}

/**
 * Sends a few mails an hour, because an attacker may repeat the first step in ever new browsers. The
 * allowance is in memory: a transaction that runs again only uses up more of it.
 */
async function notifyOfFirstStep(
  tx: Writer,
  ctx: Context,
  { user, device }: LoginInput,
  method: FirstStep['method'],
): Promise<void> {
  const sighting = { userId: user.id, deviceHash: device.hash, now: ctx.clock() }
  if (!(await isNewDevice(tx, sighting))) return
  if ((await ctx.rateLimits.consume('unfinishedLoginMailsPerAccount', user.id)) > 0) return
  await notify(tx, ctx, user, 'unfinished-login', { by: method === 'pwd' ? 'password' : 'identity' })
}

/** Opens the session of a log-in whose every step was right. */
export async function completeLogin(
  tx: Writer,
  ctx: Context,
  { user, ...input }: LoginInput & Pick<OpenSessionInput, 'methods' | 'factorId'>,
): Promise<CompletedLogin> {
  if (input.factorId !== null) await cancelReset(tx, ctx, user)
  // Asked before the log-in makes it a known one.
  const sighting = { userId: user.id, deviceHash: input.device.hash, now: ctx.clock() }
  if (await isNewDevice(tx, sighting)) await notify(tx, ctx, user, 'new-device-login', {})
  const token = await openSession(tx, ctx, { ...input, userId: user.id })
  const detail = { methods: amrOf(input.methods) }
  await recordEvent(tx, actingAs(ctx, user.id), { event: 'login', subject: user.id, detail })
  return { status: 'signed-in', token, self: await readSelf(tx, user) }
}

/** Sets the cookies of a first step, after its commit, and returns what the client reads. */
export function sendFirstStep(ctx: Context, step: CompletedStep, device: Device): LoginResult {
  if (step.status === 'signed-in') return sendLogin(ctx, step, device)
  ctx.pendingLogin.write(ctx.cookies, step.pending, ctx.clock())
  return { status: step.status, methods: step.methods }
}

/** Sets the cookies of a log-in or sign-up, after its commit, and returns what the client reads. */
export function sendLogin(
  ctx: Context,
  { token, self }: Pick<CompletedLogin, 'token' | 'self'>,
  device: Device,
): SignedIn {
  ctx.auth.setSessionCookie(token)
  clearUnfinished(ctx)
  ctx.deviceCookie.keep(ctx.cookies, device)
  return { status: 'signed-in', user: self }
}
