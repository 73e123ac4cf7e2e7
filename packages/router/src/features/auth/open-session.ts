import type { AuthMethod } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { rememberDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { listSecondFactorMethods } from '../factors/index.ts'
import { deleteSession, startSession } from '../sessions/index.ts'
import type { SessionWithUser } from '../sessions/index.ts'
import { sessionPaths } from './session-paths.ts'
import type { SessionPath } from './session-paths.ts'

/** The token and cookie values that a browser gets after its session is committed. */
export type OpenedSession = Awaited<ReturnType<typeof startSession>>

export interface OpenSessionInput {
  path: SessionPath
  userId: string
  remembered: boolean
  methods: readonly AuthMethod[]
  /** The second factor that was proved; null without one. */
  factorId: string | null
  /** The session that the browser sent; the new one replaces it. */
  previousSession: SessionWithUser | null
  device: Device
}

/**
 * Logs a verified user in: each browser has one session, and becomes a known device. It is the only function
 * that opens sessions, so no path can skip the second factor of an account.
 */
export async function openSession(
  tx: Writer,
  ctx: Context,
  { path, userId, remembered, methods, factorId, previousSession, device }: OpenSessionInput,
): Promise<OpenedSession> {
  const needsFactor = sessionPaths[path].level === 2 || (await listSecondFactorMethods(tx, userId)).length > 0
  if (needsFactor && factorId === null) throw new Error(`${path} skipped the second factor.`)
  if (previousSession !== null) {
    const hasEnded = await deleteSession(tx, previousSession.id)
    ctx.changedUserIds.add(previousSession.user_id)
    // The user's own old session ends as a part of the log-in. Another user gets an event.
    if (hasEnded && previousSession.user_id !== userId) {
      const revoked = { event: 'session-revoked', subject: previousSession.user_id } as const
      await recordEvent(tx, actingAs(ctx, userId), revoked)
    }
  }
  await rememberDevice(tx, { userId, deviceHash: device.hash, now: ctx.clock() })
  return startSession(tx, ctx, { userId, remembered, methods, factorId })
}
