interface Edit {
  /** A source file of the router. */
  file: string
  /** Occurs once in the file. */
  from: string
  to: string
}

/** A plausible mistake in the code of accounts, as an edit or several. */
export type Fault = { name: string } & (Edit | { edits: readonly Edit[] })

const authProcedures = 'features/auth/procedures.ts'
const accountProcedures = 'features/account/procedures.ts'
const authenticate = 'features/sessions/authenticate.ts'

export const faults: readonly Fault[] = [
  {
    name: 'other sessions are kept after a change of the password',
    file: accountProcedures,
    from: 'const ended = await deleteOtherSessions(tx, { userId: ctx.user.id, keep: ctx.session.id, now })',
    to: 'const ended = 0',
  },
  {
    name: 'a token is accepted after log-out',
    file: authProcedures,
    from: 'const wasOpen = await deleteSession(tx, session.id)',
    to: 'const wasOpen = true',
  },
  {
    name: 'renewal passes the absolute limit',
    edits: [
      {
        file: 'features/sessions/session.ts',
        from: 'return Math.min(endsAt, now + (remembered ? timeouts.rememberedIdleMs : timeouts.idleMs))',
        to: 'return now + (remembered ? timeouts.rememberedIdleMs : timeouts.idleMs) + endsAt * 0',
      },
      {
        file: 'features/sessions/alive.ts',
        from: ' && session.ends_at > now',
        to: '',
      },
    ],
  },
  {
    name: 'the token from before an elevation still opens the session',
    file: authenticate,
    from: ' && timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(token.tokenHash))',
    to: '',
  },
  {
    name: 'a server remembers who is signed in',
    file: authenticate,
    from: 'return andThen(findSession(db.read, token.sessionId), (row) => {',
    to: `const kept: Map<string, ReturnType<typeof findSession>> = (Reflect.get(db, 'kept') ?? new Map())
    Reflect.set(db, 'kept', kept)
    kept.set(token.sessionId, kept.get(token.sessionId) ?? findSession(db.read, token.sessionId))
    return andThen(kept.get(token.sessionId), (row) => {`,
  },
  {
    name: 'sessions become valid again when an account is enabled',
    file: 'features/users/procedures.ts',
    from: `if (!input.disabled) return recordEvent(tx, ctx, { ...event, event: 'enabled' })
        const endedSessions = await deleteAllSessions(tx, { userId: user.id, now })`,
    to: `if (!input.disabled) return recordEvent(tx, ctx, { ...event, event: 'enabled' })
        const endedSessions = 0`,
  },
  {
    name: 'a log-in leaves the session that the browser came with',
    file: 'features/auth/open-session.ts',
    from: 'await deleteSession(tx, previousSession.id)',
    to: 'false',
  },
  {
    name: 'another user’s session can be ended by its id',
    file: 'features/sessions/store.ts',
    from: "    .where('id', '=', id)\n    .where('user_id', '=', userId)\n",
    to: "    .where('id', '=', id)\n",
  },
  {
    name: 'auth.session keeps a session alive',
    file: authProcedures,
    from: 'const current = await ctx.auth.session()',
    to: 'const current = await ctx.auth.session()\n    await ctx.auth.renew()',
  },
  {
    name: 'a change of the password counts as a fresh proof',
    file: accountProcedures,
    from: 'reissueToken(tx, ctx, ctx.session)',
    to: 'reissueToken(tx, ctx, ctx.session, { authenticated_at: now })',
  },
  {
    name: 'the name of a closed account is given away again',
    file: 'features/users/create-account.ts',
    from: 'await isRetired(tx, user.username)',
    to: 'false',
  },
]
