import type { Fault } from './faults.ts'

/** Mistakes in the code of second factors. */
export const factorFaults: readonly Fault[] = [
  {
    name: 'the second step is skipped',
    edits: [
      {
        file: 'features/auth/complete-login.ts',
        from: 'if (secondFactors.length === 0)',
        to: 'if (secondFactors.length < 9)',
      },
      {
        file: 'features/auth/open-session.ts',
        from: 'if (needsFactor && factorId === null)',
        to: 'if (needsFactor === null)',
      },
    ],
  },
  {
    name: 'a code works twice',
    file: 'features/totp/store.ts',
    from: "eb('last_step', '<', step)",
    to: "eb('last_step', '<=', step)",
  },
  {
    name: 'a session stays at level 2 when its factor is removed',
    file: 'db/migrations/0006-factors-and-identities.ts',
    from: "    .addColumn('factor_id', text, (column) => column.references('factors.id').onDelete('set null'))\n",
    to: "    .addColumn('factor_id', text)\n",
  },
  {
    name: 'a recovery code works twice',
    edits: [
      {
        file: 'features/recovery-codes/store.ts',
        from: "    .deleteFrom('recovery_codes')\n    .where('hash', '=', hash)",
        to: "    .updateTable('recovery_codes')\n    .set({ hash })\n    .where('hash', '=', hash)",
      },
      {
        file: 'features/recovery-codes/store.ts',
        from: 'return numDeletedRows === 1n',
        to: 'return numUpdatedRows === 1n',
      },
      {
        file: 'features/recovery-codes/store.ts',
        from: 'const { numDeletedRows } =',
        to: 'const { numUpdatedRows } =',
      },
    ],
  },
  {
    name: 'a factor reset works before its time',
    file: 'features/factor-resets/end-reset.ts',
    from: 'if (reset.effective_at > now)',
    to: 'if (now < 0)',
  },
]
