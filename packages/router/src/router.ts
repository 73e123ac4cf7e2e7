import { accountRouter } from './features/account/procedures.ts'
import { auditRouter } from './features/audit/procedures.ts'
import { authRouter } from './features/auth/procedures.ts'
import { notesRouter } from './features/notes/procedures.ts'
import { sessionsRouter } from './features/sessions/procedures.ts'
import { usersRouter } from './features/users/procedures.ts'
import { router } from './trpc.ts'

/** The whole API, one line for each feature. */
export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  sessions: sessionsRouter,
  notes: notesRouter,
  users: usersRouter,
  audit: auditRouter,
})

export type AppRouter = typeof appRouter
