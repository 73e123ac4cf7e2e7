import { accountRouter } from './features/account/procedures.ts'
import { auditRouter } from './features/audit/procedures.ts'
import { authRouter } from './features/auth/procedures.ts'
import { emailsRouter } from './features/emails/procedures.ts'
import { identitiesRouter } from './features/identities/procedures.ts'
import { invitationsRouter } from './features/invitations/procedures.ts'
import { notesRouter } from './features/notes/procedures.ts'
import { passkeysRouter } from './features/passkeys/procedures.ts'
import { recoveryCodesRouter } from './features/recovery-codes/procedures.ts'
import { recoveryRouter } from './features/recovery/procedures.ts'
import { sessionsRouter } from './features/sessions/procedures.ts'
import { tokensRouter } from './features/tokens/procedures.ts'
import { totpRouter } from './features/totp/procedures.ts'
import { usersRouter } from './features/users/procedures.ts'
import { router } from './trpc.ts'

/** The whole API, one line for each feature. */
export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  email: emailsRouter,
  identities: identitiesRouter,
  sessions: sessionsRouter,
  tokens: tokensRouter,
  notes: notesRouter,
  passkeys: passkeysRouter,
  recovery: recoveryRouter,
  totp: totpRouter,
  recoveryCodes: recoveryCodesRouter,
  users: usersRouter,
  invitations: invitationsRouter,
  audit: auditRouter,
})

export type AppRouter = typeof appRouter
