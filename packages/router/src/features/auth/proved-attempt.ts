import type { ProviderError } from '@app/contract/provider-links'
import type { Context } from '../../context.ts'
import type { Database } from '../../db/database.ts'
import type { Attempt, OutsideAccount } from '../identities/index.ts'

export type CallbackContext = Context & { db: Database }

/** An identity that was proved for an attempt of this browser. */
export interface ProvedAttempt {
  attempt: Attempt
  account: OutsideAccount
}

/** The path of the page to open next, or why nothing was done. */
export type IdentityOutcome = string | { error: ProviderError }
