/** The names of the product. A rename changes this file and the two places that cannot read it. */
export interface Product {
  /** For pages, mail and messages: any text. */
  readonly name: string
  /**
   * For names of files and metrics, and a reserved user name: lower-case letters, digits and single dashes.
   */
  readonly slug: string
  /** The command that operators type. `bin` in apps/cli/package.json must name the same command. */
  readonly command: string
  /** Who can create an account where the setting `SIGNUP` is not set: all, invited users, or nobody. */
  readonly signup: 'open' | 'invite' | 'closed'
  /**
   * Links at the end of every page, such as documentation, a status page, terms and imprint. None by default:
   * each must lead to a page that users can read.
   */
  readonly footerLinks: readonly { readonly label: string; readonly href: string }[]
}

/**
 * The one place of the product's name. package.json (`name`) and apps/cli/package.json (`bin`) repeat it, and
 * a test compares them.
 *
 * Stored data does not depend on it. What stored data depends on is neutral and frozen: the keys
 * `accounts/password/v1` and `accounts/<purpose>/v1`, the token's issuer `accounts` and audience
 * `accounts/session`, the cookies `session` and `known-device`, the browser's storage keys, channels and
 * locks, the database file `data/app.db` and its migrations. The test `frozen literals` fails when one of
 * them changes: it would log out all users or make every password wrong.
 */
export const product: Product = {
  name: 'Latchkey',
  slug: 'latchkey',
  command: 'latchkey',
  signup: 'open',
  footerLinks: [],
}
