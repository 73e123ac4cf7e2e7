/** Every role an account can have. The first is what a sign-up gives. */
export const roles = ['user', 'admin'] as const

/** A role is compared as a whole, never as a part of a text. */
export type Role = (typeof roles)[number]

interface RoleWords {
  /** As a title: "Administrator". */
  name: string
  /** Inside a sentence: "ada is now an administrator." */
  withArticle: string
}

/** What pages and the audit log call each role. */
export const roleWords: Readonly<Record<Role, RoleWords>> = {
  user: { name: 'User', withArticle: 'a user' },
  admin: { name: 'Administrator', withArticle: 'an administrator' },
}
