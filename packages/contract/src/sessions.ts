import * as z from 'zod/mini'
import { Id, Instant } from './text.ts'

/** One signed-in device. `expiresAt` is the idle limit or the absolute one, whichever comes first. */
export const Session = z.object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** The current one first, then the newest; only those that are alive. */
export const Sessions = z.array(Session)

export const SessionIdInput = z.strictObject({ id: Id })

const wrongEventId = 'This is not the id of an event.'

/** `lastEventId` is what `EventSource` sends when it comes back: the id of the last event that it got. */
export const SessionEventsInput = z.prefault(
  z.strictObject({ lastEventId: z.optional(z.string(wrongEventId).check(z.maxLength(100, wrongEventId))) }),
  {},
)

/**
 * `changed`: what is known of the person or of their sessions may be older than this; ask again. It comes
 * once at the beginning, too, unless `lastEventId` names the present state. `ended`: the session is over, and
 * nothing follows.
 */
export const SessionEvent = z.object({ type: z.enum(['ended', 'changed']) })
export type SessionEvent = z.infer<typeof SessionEvent>

export const SessionsRevoked = z.object({ endedSessions: z.int() })
