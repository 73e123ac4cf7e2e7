import { routesOf } from './route.ts'

/** The routes under /api/v1, one for each procedure. A procedure without a route does not compile. */
export const restRoutes = routesOf({
  'auth.signup': { method: 'POST', path: '/auth/signup', status: 201 },
  'auth.identitySignup': { method: 'POST', path: '/auth/identity-signup', status: 201 },
  'auth.login': { method: 'POST', path: '/auth/login', status: 200 },
  'auth.secondFactor': { method: 'POST', path: '/auth/second-factor', status: 200 },
  'auth.inspectFactorReset': { method: 'POST', path: '/auth/factor-reset/inspect', status: 200 },
  'auth.completeFactorReset': { method: 'POST', path: '/auth/factor-reset', status: 200 },
  'auth.passkeyOptions': { method: 'POST', path: '/auth/passkey-options', status: 200 },
  'auth.passkeyLogin': { method: 'POST', path: '/auth/passkey-login', status: 200 },
  'auth.logout': { method: 'POST', path: '/auth/logout', status: 204 },
  'auth.session': { method: 'GET', path: '/auth/session', status: 200 },
  'auth.options': { method: 'GET', path: '/auth/options', status: 200 },
  'auth.elevate': { method: 'POST', path: '/auth/elevate', status: 200 },

  'account.me': { method: 'GET', path: '/account', status: 200 },
  'account.updateProfile': { method: 'PATCH', path: '/account', status: 200 },
  'account.close': { method: 'DELETE', path: '/account', status: 204 },
  'account.changePassword': { method: 'POST', path: '/account/password', status: 200 },
  'account.security': { method: 'GET', path: '/account/security', status: 200 },
  'account.activity': { method: 'GET', path: '/account/activity', status: 200 },
  'account.export': { method: 'POST', path: '/account/export', status: 200 },
  'account.cancelFactorReset': { method: 'DELETE', path: '/account/factor-reset', status: 204 },

  'email.change': { method: 'PUT', path: '/account/email', status: 200 },
  'email.remove': { method: 'DELETE', path: '/account/email', status: 200 },
  'email.requestVerification': { method: 'POST', path: '/account/email/verification', status: 204 },
  'email.verify': { method: 'POST', path: '/auth/verify-email', status: 200 },

  'identities.list': { method: 'GET', path: '/account/identities', status: 200 },
  'identities.link': { method: 'POST', path: '/account/identities', status: 200 },
  'identities.unlink': { method: 'DELETE', path: '/account/identities/{id}', status: 200 },
  'identities.pending': { method: 'GET', path: '/auth/pending-identity', status: 200 },

  'sessions.list': { method: 'GET', path: '/account/sessions', status: 200 },
  'sessions.revoke': { method: 'DELETE', path: '/account/sessions/{id}', status: 204 },
  'sessions.revokeOthers': { method: 'POST', path: '/account/sessions/revoke-others', status: 200 },
  'sessions.events': { method: 'GET', path: '/account/events', status: 200 },

  'tokens.list': { method: 'GET', path: '/account/tokens', status: 200 },
  'tokens.create': { method: 'POST', path: '/account/tokens', status: 201 },
  'tokens.revoke': { method: 'DELETE', path: '/account/tokens/{id}', status: 204 },

  'notes.list': { method: 'GET', path: '/notes', status: 200 },
  'notes.create': { method: 'POST', path: '/notes', status: 201 },
  'notes.get': { method: 'GET', path: '/notes/{id}', status: 200 },
  'notes.update': { method: 'PATCH', path: '/notes/{id}', status: 200 },
  'notes.remove': { method: 'DELETE', path: '/notes/{id}', status: 204 },

  'passkeys.list': { method: 'GET', path: '/account/passkeys', status: 200 },
  'passkeys.options': { method: 'POST', path: '/account/passkeys/options', status: 200 },
  'passkeys.register': { method: 'POST', path: '/account/passkeys', status: 201 },
  'passkeys.rename': { method: 'PATCH', path: '/account/passkeys/{id}', status: 204 },
  'passkeys.remove': { method: 'DELETE', path: '/account/passkeys/{id}', status: 200 },

  'totp.enroll': { method: 'POST', path: '/account/totp', status: 200 },
  'totp.confirm': { method: 'POST', path: '/account/totp/confirm', status: 200 },
  'totp.remove': { method: 'DELETE', path: '/account/totp', status: 200 },

  'recoveryCodes.status': { method: 'GET', path: '/account/recovery-codes', status: 200 },
  'recoveryCodes.regenerate': { method: 'POST', path: '/account/recovery-codes', status: 201 },

  'recovery.request': { method: 'POST', path: '/auth/recovery', status: 204 },
  'recovery.inspect': { method: 'POST', path: '/auth/recovery/inspect', status: 200 },
  'recovery.reset': { method: 'POST', path: '/auth/recovery/reset', status: 200 },
  'recovery.issueLink': { method: 'POST', path: '/users/{id}/recovery-link', status: 201 },

  'users.list': { method: 'GET', path: '/users', status: 200 },
  'users.remove': { method: 'DELETE', path: '/users/{id}', status: 204 },
  'users.setRole': { method: 'PUT', path: '/users/{id}/role', status: 204 },
  'users.setDisabled': { method: 'PUT', path: '/users/{id}/disabled', status: 204 },
  'users.revokeSessions': { method: 'DELETE', path: '/users/{id}/sessions', status: 204 },
  'users.tokens': { method: 'GET', path: '/users/{id}/tokens', status: 200 },
  'users.revokeToken': { method: 'DELETE', path: '/tokens/{id}', status: 204 },
  'users.resetFactors': { method: 'POST', path: '/users/{id}/factor-reset', status: 200 },

  'invitations.list': { method: 'GET', path: '/invitations', status: 200 },
  'invitations.create': { method: 'POST', path: '/invitations', status: 201 },
  'invitations.revoke': { method: 'DELETE', path: '/invitations/{id}', status: 204 },
  'invitations.inspect': { method: 'POST', path: '/invitations/inspect', status: 200 },

  'audit.list': { method: 'GET', path: '/audit-events', status: 200 },
})
