import { describe, expect, test } from 'vitest'
import { choice, cursor, id, length, page, secret } from './input-edges.fixture.ts'
import type { Edge } from './input-edges.fixture.ts'
import { inputFields } from './input-fields.fixture.ts'
import { noteInputEdges } from './notes/input-edges.fixture.ts'
import { assertionResponse, registrationResponse } from './passkey-edges.fixture.ts'
import { tokenScopes } from './token-scopes.ts'

const otp: Edge = {
  accepted: ['123456', '１２３ ４５６', '1'.repeat(6) + ' '.repeat(58)],
  rejected: ['', '12345', '1234567', '1'.repeat(6) + ' '.repeat(59)],
}
const recoveryCode: Edge = {
  accepted: ['A'.repeat(24), 'A'.repeat(24) + '-'.repeat(176)],
  rejected: ['', 'A'.repeat(23), 'A'.repeat(25), 'U'.repeat(24), 'A'.repeat(24) + '-'.repeat(177)],
}
const username: Edge = { accepted: ['xx', 'x'.repeat(32)], rejected: ['x', 'x'.repeat(33)] }
// The longest address that email allows: 64 before the @ (RFC 5321 4.5.3.1), 63 in a label, 254 in total.
const address = (characters: number) =>
  `${'x'.repeat(64)}@${`${'y'.repeat(61)}.`.repeat(2)}${'z'.repeat(characters - 193)}.org`
const email: Edge = { accepted: [address(254)], rejected: [address(255)] }
/** Written out, so that a change of a limit in the code needs a change here. */
const edges: Record<string, Edge> = {
  'SignupInput.username': username,
  'SignupInput.password': length(8, 256),
  'SignupInput.name': length(1, 80),
  'SignupInput.email': email,
  'SignupInput.remember': choice,
  'SignupInput.invitation': secret,
  'LoginInput.username': length(1, 254),
  'LoginInput.password': length(1, 256),
  'LoginInput.remember': choice,
  'SecondFactorInput[otp].code': otp,
  'SecondFactorInput[recovery].code': recoveryCode,
  'SecondFactorInput[passkey].response': assertionResponse,
  'ElevateInput[password].password': length(1, 256),
  'ElevateInput[otp].code': otp,
  'ElevateInput[recovery].code': recoveryCode,
  'ElevateInput[passkey].response': assertionResponse,
  'PasskeyOptionsInput.purpose': {
    accepted: ['login', 'second-factor', 'elevation'],
    rejected: ['', 'register', 1],
  },
  'PasskeyLoginInput.response': assertionResponse,
  'PasskeyLoginInput.remember': choice,
  'RegisterPasskeyInput.response': registrationResponse,
  'RegisterPasskeyInput.name': length(1, 80),
  'RegisterPasskeyInput.endOtherSessions': choice,
  'RenamePasskeyInput.id': id,
  'RenamePasskeyInput.name': length(1, 80),
  'RemovePasskeyInput.id': id,
  'RemovePasskeyInput.endOtherSessions': choice,
  'ConfirmTotpInput.code': otp,
  'ConfirmTotpInput.endOtherSessions': choice,
  'RemoveTotpInput.endOtherSessions': choice,
  'ResetFactorsInput.id': id,
  'FactorResetSecretInput.secret': secret,
  'IdentitySignupInput.username': username,
  'IdentitySignupInput.name': length(1, 80),
  'IdentitySignupInput.email': email,
  'IdentitySignupInput.invitation': secret,
  'LinkIdentityInput.provider': {
    accepted: ['a', 'x'.repeat(20)],
    rejected: ['', 'x'.repeat(21), 'A', 'a/b'],
  },
  'LinkIdentityInput.redirectTo': length(0, 500),
  'UnlinkIdentityInput.id': id,
  'UnlinkIdentityInput.endOtherSessions': choice,
  'ChangePasswordInput.currentPassword': length(1, 256),
  'ChangePasswordInput.newPassword': length(8, 256),
  'ChangeEmailInput.email': email,
  'VerifyEmailInput.secret': secret,
  'RequestRecoveryInput.identifier': length(1, 254),
  'RecoverySecretInput.secret': secret,
  'ResetPasswordInput.secret': secret,
  'ResetPasswordInput.newPassword': length(8, 256),
  'IssueRecoveryLinkInput.id': id,
  'UpdateProfileInput.name': length(1, 80),
  'ListUsersInput.search': length(0, 100),
  'ListUsersInput.limit': page,
  'ListUsersInput.cursor': cursor,
  'ListAuditInput.userId': id,
  'ListAuditInput.tokenId': id,
  'ListAuditInput.event': { accepted: ['login'], rejected: ['', 'logins'] },
  'ListAuditInput.limit': page,
  'ListAuditInput.cursor': cursor,
  'ActivityInput.tokenId': id,
  'ActivityInput.limit': page,
  'ActivityInput.cursor': cursor,
  'SessionIdInput.id': id,
  'SessionEventsInput.lastEventId': length(0, 100),
  'UserIdInput.id': id,
  'SetRoleInput.id': id,
  'SetRoleInput.role': { accepted: ['user', 'admin'], rejected: ['', 'Admin', 'min'] },
  'SetDisabledInput.id': id,
  'SetDisabledInput.disabled': choice,
  'CreateTokenInput.name': length(1, 80),
  'CreateTokenInput.scopes': {
    accepted: [['account:read'], [...tokenScopes]],
    rejected: [[], ['account:read', 'account:read'], ['sessions:read'], 'account:read'],
  },
  'CreateTokenInput.expiresInDays': { accepted: [1, 365], rejected: [0, 366, 1.5] },
  'TokenIdInput.id': id,
  'ListInvitationsInput.limit': page,
  'ListInvitationsInput.cursor': cursor,
  'CreateInvitationInput.email': email,
  'InvitationIdInput.id': id,
  'InvitationSecretInput.secret': secret,
  ...noteInputEdges,
}

test('input limits: every field of every input is tested', () => {
  expect(Object.keys(edges).toSorted()).toEqual([...inputFields.keys()].toSorted())
})

describe('the limits', () => {
  test.each(Object.entries(edges))(
    'input limit of %s: accepts the limit and rejects what is beyond',
    (name, edge) => {
      const accepts = (value: unknown) => {
        const { schema, field = '' } = inputFields.get(name) ?? {}
        const issues = schema?.safeParse({ [field]: value }).error?.issues ?? []
        return issues.every(({ path }) => path[0] !== field)
      }
      expect(edge.accepted.map(accepts)).toEqual(edge.accepted.map(() => true))
      expect(edge.rejected.map(accepts)).toEqual(edge.rejected.map(() => false))
    },
  )
})
