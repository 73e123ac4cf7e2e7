import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import { rememberDevice } from '../devices/index.ts'
import type { Device } from '../devices/index.ts'
import { deleteSession, startSession } from '../sessions/index.ts'

/** What a browser gets once its session is committed. */
type OpenedSession = Awaited<ReturnType<typeof startSession>>

interface OpenSessionInput {
  userId: string
  remembered: boolean
  /** The session that the browser came with: a new one takes its place. */
  previousSession: Awaited<ReturnType<Context['auth']['session']>>
  device: Device
}

/**
 * Lets a person in who has just proved who they are: one session a browser, and the browser is known from now
 * on.
 */
export async function openSession(
  tx: Writer,
  ctx: Context,
  { userId, remembered, previousSession, device }: OpenSessionInput,
): Promise<OpenedSession> {
  if (previousSession !== null) {
    const hasEnded = await deleteSession(tx, previousSession.id)
    ctx.changedUserIds.add(previousSession.user_id)
    // One's own session ends as a part of the log-in; another person has to be told.
    if (hasEnded && previousSession.user_id !== userId) {
      const actor = { kind: 'user', id: userId } as const
      await recordEvent(tx, { ...ctx, actor }, { event: 'session-revoked', subject: previousSession.user_id })
    }
  }
  await rememberDevice(tx, { userId, deviceHash: device.hash, now: ctx.clock() })
  return startSession(tx, ctx, { userId, remembered, amr: 'pwd' })
}
