import {
  Done,
  NoInput,
  SessionEvent,
  SessionEventsInput,
  SessionIdInput,
  Sessions,
  SessionsRevoked,
} from '@app/contract'
import { fail } from '../../failures.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { heavyRead, mayFail, protectedProcedure, router, sudoProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { watchSession } from './events.ts'
import { toSessions } from './session.ts'
import { deleteOwnSession, listSessions } from './store.ts'

/** Lists the sessions of the user (ASVS 5.0 7.5.2). */
const list = protectedProcedure
  .meta({ description: 'Lists the sessions of the user.' })
  .concat(heavyRead)
  .input(NoInput)
  .output(Sessions)
  .query(async ({ ctx }) => {
    const rows = await listSessions(ctx.db.read, { userId: ctx.user.id, now: ctx.clock() })
    return toSessions(rows, ctx.session.id)
  })

/** The event does not name the session: admins read events, and must not learn the session ids of others. */
const revoke = sudoProcedure
  .meta({ description: 'Ends a session of the user.', recovers: true })
  .concat(mayFail('NOT_FOUND'))
  .input(SessionIdInput)
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        const session = { id: input.id, userId: ctx.user.id, now: ctx.clock() }
        if (!(await deleteOwnSession(tx, session))) throw ctx.fail('NOT_FOUND')
        await recordEvent(tx, ctx, { event: 'session-revoked', subject: ctx.user.id })
      },
      { usesReserve: true },
    )
    if (input.id === ctx.session.id) ctx.auth.clearSessionCookie()
    return {}
  })

const revokeOthers = sudoProcedure
  .meta({ description: 'Ends every session of the user but this one.', recovers: true })
  .input(NoInput)
  .output(SessionsRevoked)
  .mutation(({ ctx }) =>
    ctx.transaction(
      async (tx) => {
        const { endedSessions, hasChanged } = await endOtherSessions(tx, ctx)
        const event = { event: 'sessions-revoked', detail: { endedSessions } } as const
        if (hasChanged) await recordEvent(tx, ctx, { ...event, subject: ctx.user.id })
        return { endedSessions }
      },
      { usesReserve: true },
    ),
  )

/** Informs open pages that their session ended (docs/decisions/0013-session-event-streams.md). */
const events = protectedProcedure
  .meta({
    description: 'Reports changes of the session and of its user, and the end of the session.',
    event: SessionEvent,
  })
  .input(SessionEventsInput)
  .subscription(({ ctx, input, signal }) => {
    const slot = ctx.sessionStreams.admit(addressKey(ctx.request.ip), signal)
    if (slot === null) throw fail('UNAVAILABLE', { retryAfterSeconds: 5 })
    return watchSession(ctx, ctx.session, { lastEventId: input.lastEventId, slot })
  })

export const sessionsRouter = router({ list, revoke, revokeOthers, events })
