import type { Migration } from '../migration.ts'
import { accountsAndNotes } from './0001-accounts-and-notes.ts'
import { closedAccountsAndAuditLists } from './0002-closed-accounts-and-audit-lists.ts'
import { loginThrottlesAndKnownDevices } from './0003-login-throttles-and-known-devices.ts'

/** Every migration, oldest first. A list and not a folder scan: what is not here does not run. */
export const migrations: readonly Migration[] = [
  accountsAndNotes,
  closedAccountsAndAuditLists,
  loginThrottlesAndKnownDevices,
]
