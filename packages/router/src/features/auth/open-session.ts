import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import { rememberDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { deleteSession, startSession } from '../sessions/index.ts'

/** The token and cookie values that a browser gets after its session is committed. */
type OpenedSession = Awaited<ReturnType<typeof startSession>>

interface OpenSessionInput {
  userId: string
  remembered: boolean
  /** The session that the browser sent; the new one replaces it. */
  previousSession: Awaited<ReturnType<Context['auth']['session']>>
  device: Device
}

/** Logs a verified user in: each browser has one session, and becomes a known device. */
export async function openSession(
  tx: Writer,
  ctx: Context,
  { userId, remembered, previousSession, device }: OpenSessionInput,
): Promise<OpenedSession> {
  if (previousSession !== null) {
    const hasEnded = await deleteSession(tx, previousSession.id)
    ctx.changedUserIds.add(previousSession.user_id)
    // The user's own old session ends as a part of the log-in. Another user gets an event.
    if (hasEnded && previousSession.user_id !== userId) {
      const actor = { kind: 'user', id: userId } as const
      await recordEvent(tx, { ...ctx, actor }, { event: 'session-revoked', subject: previousSession.user_id })
    }
  }
  await rememberDevice(tx, { userId, deviceHash: device.hash, now: ctx.clock() })
  return startSession(tx, ctx, { userId, remembered, amr: 'pwd' })
}
