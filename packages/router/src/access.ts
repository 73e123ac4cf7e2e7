import type { Reason, Role, TokenScope } from '@app/contract'
import type { z } from 'zod'

/**
 * `mayFail` sets one key for each reason, because tRPC merges meta key by key: guards and procedures share
 * the list.
 */
export type DeclaredReasons = { readonly [R in Reason]?: true }

/**
 * The meta of a procedure. Each guard sets its own part, and tRPC merges them. The access matrix compares the
 * meta of every procedure with what it enforces.
 */
export interface Access extends DeclaredReasons {
  /** One sentence for programs that call it. The packed client shows it in editors. */
  description?: string
  /** The schema of the data of each event of a subscription, which has no `.output`. */
  event?: z.core.$ZodType
  /** `user` is every signed-in account; a list names the roles that are allowed. */
  access?: 'public' | 'user' | readonly Role[]
  /** The scope with which it accepts access tokens. Without one it accepts only sessions. */
  scope?: TokenScope
  /** Also requires a recent elevation. */
  sudo?: boolean
  /**
   * Also requires a session at level 2. `by-setting`: for admins, if ADMIN_SECOND_FACTOR=required.
   * `if-added`: for calls without sudo, if the account has a second factor.
   */
  secondFactor?: 'always' | 'by-setting' | 'if-added'
  /**
   * For a query that changes something. The server treats it like a mutation: it rejects it from other sites
   * and in batches.
   */
  hasSideEffects?: boolean
  /** Returns an iterable of text, which a host streams unchanged: a file and not a JSON value. */
  download?: boolean
  /** The schema of the JSON text of such a file. The API document shows it. */
  file?: z.core.$ZodType
  /** Returns a list or a long text, and waits for a slot among such reads of other accounts. */
  heavy?: boolean
  /** Writes an audit event, and its user can repeat it: limited by the day. */
  audited?: boolean
  /**
   * Recovers an account from an attacker. Admitted by its address, and counted for it when the account's
   * allowance is used up: an attacker with a copy of the cookie can use up all that the account has.
   */
  recovers?: boolean
  /**
   * Anonymous callers wait for a password hash, so the server may reject surplus calls before any database
   * work.
   */
  hashesPassword?: boolean
}
