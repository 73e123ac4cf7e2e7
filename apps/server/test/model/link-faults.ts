import type { Fault } from './faults.ts'

const accept = 'features/invitations/accept-invitation.ts'
const invitationStore = 'features/invitations/store.ts'
const link = 'features/recovery/link.ts'
const reset = 'features/recovery/reset-password.ts'
const secretStore = 'features/one-time-secrets/store.ts'
const userProcedures = 'features/users/procedures.ts'

/** Mistakes in the code of recovery links and invitations. */
export const linkFaults: readonly Fault[] = [
  {
    name: 'a reset of the password leaves the sessions of the user',
    file: reset,
    from: 'const endedSessions = await deleteAllSessions(tx, { userId, now })',
    to: 'const endedSessions = 0',
  },
  {
    name: 'a recovery link can be used twice',
    edits: [
      {
        file: reset,
        from: 'const subject = await consumeSecret(tx, { purpose: link.purpose, secret, now })',
        to: 'const subject = user.id',
      },
      { file: reset, from: 'await revokeRecoveryLinks(tx, userId)', to: '' },
    ],
  },
  {
    name: 'a newer recovery link leaves the older one valid',
    edits: [
      {
        file: secretStore,
        from: "conflict.columns(['subject', 'purpose'])",
        to: "conflict.columns(['hash'])",
      },
      {
        file: 'db/migrations/0005-mail-and-recovery.ts',
        from: "    .addUniqueConstraint('one_time_secrets_subject_purpose', ['subject', 'purpose'])\n",
        to: '',
      },
    ],
  },
  {
    name: 'an expired recovery link works',
    edits: [
      {
        file: secretStore,
        from: "    .where('expires_at', '>', now)\n    .where('expires_at', '<=', latest)\n    .select(",
        to: '    .select(',
      },
      {
        file: secretStore,
        from: "    .where('expires_at', '>', now)\n    .where('expires_at', '<=', latest)\n    .returning(",
        to: '    .returning(',
      },
    ],
  },
  {
    name: 'a recovery link works after its user changed the password',
    file: 'features/account/procedures.ts',
    from: 'await revokeRecoveryLinks(tx, ctx.user.id)',
    to: '',
  },
  {
    name: 'a recovery link works for a disabled user',
    edits: [
      { file: userProcedures, from: 'await revokeSecrets(tx, [user.id])', to: '' },
      { file: link, from: 'user?.disabled_at === null', to: 'user !== undefined' },
      {
        file: reset,
        from: 'import { findEnabledUser }',
        to: 'import { findUserById as findEnabledUser }',
      },
    ],
  },
  {
    name: 'a recovery link works again when its user is enabled',
    file: userProcedures,
    from: 'await revokeSecrets(tx, [user.id])',
    to: '',
  },
  {
    name: 'an admin can issue a recovery link for the own account',
    file: 'features/recovery/procedures.ts',
    from: "if (input.id === ctx.user.id) throw ctx.fail('FORBIDDEN')",
    to: '',
  },
  {
    name: 'an invitation is accepted twice',
    edits: [
      { file: accept, from: 'row.accepted_at !== null || ', to: '' },
      {
        file: accept,
        from: "const id = await consumeSecret(tx, { purpose: 'invitation', secret, now })",
        to: `const found = await inspectSecret(tx, { purpose: 'invitation', secret, now })
  const id = found?.subject ?? null`,
      },
      {
        file: invitationStore,
        from: "    .where('accepted_at', 'is', null)\n    .where('revoked_at', 'is', null)\n    .where('expires_at', '>', now)",
        to: "    .where('revoked_at', 'is', null)\n    .where('expires_at', '>', now)",
      },
    ],
  },
  {
    name: 'a revoked invitation is accepted',
    edits: [
      { file: 'features/invitations/revoke-invitation.ts', from: 'await revokeSecrets(tx, [id])', to: '' },
      { file: accept, from: 'row.revoked_at !== null || ', to: '' },
      {
        file: invitationStore,
        from: "    .where('revoked_at', 'is', null)\n    .where('expires_at', '>', now)",
        to: "    .where('expires_at', '>', now)",
      },
    ],
  },
]
