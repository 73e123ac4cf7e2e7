export { isUsable } from './alive.ts'
export { findSession, type SessionWithUser } from './current/store.ts'
export { createAuthentication, type Authentication } from './authenticate.ts'
export { createSessionCookie, type SessionCookie } from './cookie.ts'
export { endOtherSessions } from './end-other-sessions.ts'
export { createEndedTokens, type EndedTokens } from './ended-tokens.ts'
export { exportSessions } from './export.ts'
export { amrOf, levelOf } from './level.ts'
export { createLiveTokens, type LiveTokens } from './live-tokens.ts'
export { createSessionNews, type SessionNews } from './news.ts'
export { reissueToken, startSession, toSession, type SessionTimeouts } from './session.ts'
export { fingerprintOf } from './state-fingerprint.ts'
export {
  deleteAllSessions,
  deleteOtherSessions,
  deleteOtherSessionsOfFactor,
  deleteSession,
  lockSession,
} from './store.ts'
export type { SessionRow } from './table.ts'
export { createSessionStreams, type SessionStreams } from './streams.ts'
export { createSessionTokens, type SessionTokens, type VerifiedClaims } from './token.ts'
