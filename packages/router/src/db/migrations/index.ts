import type { Migration } from '../migration.ts'
import { accounts } from './0001-accounts.ts'
import { notes } from './0002-notes.ts'
import { closedAccountsAndAuditLists } from './0003-closed-accounts-and-audit-lists.ts'
import { loginThrottlesAndKnownDevices } from './0004-login-throttles-and-known-devices.ts'
import { mailAndRecovery } from './0005-mail-and-recovery.ts'
import { factorsAndIdentities } from './0006-factors-and-identities.ts'
import { issuersOfLinks } from './0007-issuers-of-links.ts'
import { accessTokens } from './0008-access-tokens.ts'
import { tokensOfAuditEvents } from './0009-tokens-of-audit-events.ts'
import { previewsOfNotes } from './0010-previews-of-notes.ts'
import { indexOfEvents } from './0011-index-of-events.ts'
import { unblankedAccounts } from './0012-unblanked-accounts.ts'

/** Every migration, oldest first. A list and not a folder scan: only listed migrations run. */
export const migrations: readonly Migration[] = [
  accounts,
  notes,
  closedAccountsAndAuditLists,
  loginThrottlesAndKnownDevices,
  mailAndRecovery,
  factorsAndIdentities,
  issuersOfLinks,
  accessTokens,
  tokensOfAuditEvents,
  previewsOfNotes,
  indexOfEvents,
  unblankedAccounts,
]
