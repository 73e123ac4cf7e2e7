import { signupInput } from '@app/contract/testing'
import { unknownId, unknownSecret } from '../support/actors.ts'
import type { Typed } from './command.ts'
import type { Outside } from './outside.ts'
import type { Call } from './predict.ts'

/** A call without input is a query. */
export function requestOf(
  { userIds, sessionIds, recoverySecrets, invitations, addressSecrets, tokens }: Outside,
  call: Call,
  passwords: Record<Typed, string>,
): { path: string; input?: object } {
  const user = 'username' in call ? { id: userIds.get(call.username) ?? unknownId } : {}
  switch (call.do) {
    case 'sign up': {
      const { username, remember, invitation: which } = call
      const invited =
        which === undefined ? {} : { invitation: invitations.at(-1 - which)?.secret ?? unknownSecret }
      const account = { username, remember, password: passwords.right, ...invited }
      return { path: 'auth.signup', input: signupInput(account) }
    }
    case 'log in': {
      const { username, remember } = call
      return { path: 'auth.login', input: { username, remember, password: passwords[call.password] } }
    }
    case 'call':
      return { path: 'account.me' }
    case 'log out':
      return { path: 'auth.logout', input: {} }
    case 'list sessions':
      return { path: 'sessions.list' }
    case 'elevate':
      return { path: 'auth.elevate', input: { password: passwords[call.password] } }
    case 'change the password': {
      // Alternates between the two, so that the earlier one is tried repeatedly.
      const input = { currentPassword: passwords[call.password], newPassword: passwords.wrong }
      return { path: 'account.changePassword', input }
    }
    case 'end a session':
      return { path: 'sessions.revoke', input: { id: sessionIds.at(-1 - call.which) ?? unknownId } }
    case 'end the other sessions':
      return { path: 'sessions.revokeOthers', input: {} }
    case 'close the account':
      return { path: 'account.close', input: {} }
    case 'set the role':
      return { path: 'users.setRole', input: { ...user, role: call.role } }
    case 'disable':
    case 'enable':
      return { path: 'users.setDisabled', input: { ...user, disabled: call.do === 'disable' } }
    case 'end all sessions of':
      return { path: 'users.revokeSessions', input: user }
    case 'remove':
      return { path: 'users.remove', input: user }
    case 'issue a recovery link':
      return { path: 'recovery.issueLink', input: user }
    case 'inspect a recovery link':
    case 'reset the password': {
      const secret = recoverySecrets.at(-1 - call.which) ?? unknownSecret
      return call.do === 'reset the password'
        ? { path: 'recovery.reset', input: { secret, newPassword: passwords.wrong } }
        : { path: 'recovery.inspect', input: { secret } }
    }
    case 'create an invitation':
      return { path: 'invitations.create', input: {} }
    case 'revoke an invitation':
      return { path: 'invitations.revoke', input: { id: invitations.at(-1 - call.which)?.id ?? unknownId } }
    case 'log in by address': {
      const { address, remember } = call
      return {
        path: 'auth.login',
        input: { username: address, remember, password: passwords[call.password] },
      }
    }
    case 'enter an address':
      return { path: 'email.change', input: { email: call.address } }
    case 'ask for the link again':
      return { path: 'email.requestVerification', input: {} }
    case 'remove the address':
      return { path: 'email.remove', input: {} }
    case 'confirm an address':
      return { path: 'email.verify', input: { secret: addressSecrets.at(-1 - call.which) ?? unknownSecret } }
    case 'create a token': {
      const { scope, days } = call
      return { path: 'tokens.create', input: { name: 'A token', scopes: [scope], expiresInDays: days } }
    }
    case 'revoke a token':
      return { path: 'tokens.revoke', input: { id: tokens.at(-1 - call.which)?.id ?? unknownId } }
    case 'call by a token':
      return { path: 'account.me' }
    case 'change the name by a token':
      return { path: 'account.updateProfile', input: { name: 'Another Name' } }
    case 'request a recovery mail':
      return { path: 'recovery.request', input: { identifier: call.name } }
  }
}
