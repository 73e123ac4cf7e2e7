import * as z from 'zod/mini'
import { AuthMethod, SessionLevel } from './auth-methods.ts'
import { Id, Instant } from './text.ts'

/** One signed-in device. `expiresAt` is the idle or the absolute expiry, whichever comes first. */
export const Session = z.object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  current: z.boolean(),
  /** How its user logged in and confirmed it since, in the order of use. */
  methods: z.array(AuthMethod),
  level: SessionLevel,
})
export type Session = z.infer<typeof Session>

/** The current session first, then the newest; only live ones. */
export const Sessions = z.array(Session)

export const SessionIdInput = z.strictObject({ id: Id })

const wrongEventId = 'This is not the id of an event.'

/** `lastEventId` is the id of the client's last event, or the `stateFingerprint` of `auth.session`. */
export const SessionEventsInput = z.prefault(
  z.strictObject({ lastEventId: z.optional(z.string(wrongEventId).check(z.maxLength(100, wrongEventId))) }),
  {},
)

/**
 * `changed`: the user or their sessions may have changed, so pages should read them again. It is also sent
 * once at the beginning, unless `lastEventId` names the current state. `ended`: the session has ended, and no
 * event follows.
 */
export const SessionEvent = z.object({ type: z.enum(['ended', 'changed']) })
export type SessionEvent = z.infer<typeof SessionEvent>

export const SessionsRevoked = z.object({ endedSessions: z.int() })
