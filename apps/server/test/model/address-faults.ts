import type { Fault } from './faults.ts'

const emailStore = 'features/emails/store.ts'
const verify = 'features/emails/verify-email.ts'

/** Mistakes in the code of addresses and mailed links. */
export const addressFaults: readonly Fault[] = [
  {
    name: 'an address logs its user in before it is confirmed',
    file: emailStore,
    from: "    .where('emails.verified_at', 'is not', null)\n    .select([...userColumns",
    to: '    .select([...userColumns',
  },
  {
    name: 'two accounts confirm one address',
    file: verify,
    from: 'if (!(await insertVerifiedEmail(tx, { userId, address, now: deps.clock() }))) return false',
    to: 'await insertVerifiedEmail(tx, { userId, address, now: deps.clock() })',
  },
  {
    name: 'a link confirms an address after another one was entered',
    edits: [
      {
        file: 'features/emails/enter-email.ts',
        from: 'const replaced = await deletePendingEmail(tx, userId)',
        to: "const replaced = await deletePendingEmail(tx, '')",
      },
      {
        file: 'db/migrations/0005-mail-and-recovery.ts',
        from: "    .createIndex('emails_pending_user_id')\n    .unique()",
        to: "    .createIndex('emails_pending_user_id')",
      },
    ],
  },
  {
    name: 'a recovery mail to the old address works after a change',
    file: verify,
    from: 'await revokeRecoveryLinks(tx, userId)',
    to: '',
  },
  {
    name: 'a recovery mail to a removed address works',
    file: 'features/emails/procedures.ts',
    from: 'await revokeRecoveryLinks(tx, user.id)',
    to: '',
  },
  {
    name: 'a link confirms an address after a reset of the password',
    file: 'features/recovery/reset-password.ts',
    from: 'await endAddressLink(tx, ctx, userId)',
    to: '',
  },
  {
    name: 'a recovery mail ends the link that an admin issued',
    file: 'features/recovery/compose-recovery.ts',
    from: "purpose: 'recovery' })",
    to: "purpose: 'issued-recovery' })",
  },
  {
    name: 'a recovery link works after its admin was demoted',
    file: 'features/one-time-secrets/secrets.ts',
    from: 'await deleteSecretsIssuedBy(tx, adminId)',
    to: 'void [tx, adminId]',
  },
]
