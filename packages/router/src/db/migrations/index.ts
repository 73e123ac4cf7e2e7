import type { Migration } from '../migration.ts'
import { accounts } from './0001-accounts.ts'
import { notes } from './0002-notes.ts'
import { closedAccountsAndAuditLists } from './0003-closed-accounts-and-audit-lists.ts'
import { loginThrottlesAndKnownDevices } from './0004-login-throttles-and-known-devices.ts'

/** Every migration, oldest first. A list and not a folder scan: only listed migrations run. */
export const migrations: readonly Migration[] = [
  accounts,
  notes,
  closedAccountsAndAuditLists,
  loginThrottlesAndKnownDevices,
]
