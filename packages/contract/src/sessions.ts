import { z } from 'zod'

import { Id, Instant } from './text.ts'

/** One signed-in device. `expiresAt` is the idle limit or the absolute one, whichever comes first. */
export const Session = z.object({
  id: Id,
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

/** The current one first, then the newest; only those that are alive. */
export const Sessions = z.array(Session)

export const SessionIdInput = z.strictObject({ id: Id })

export const SessionsRevoked = z.object({ endedSessions: z.int() })
