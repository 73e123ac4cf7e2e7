/** Every role of an account. A sign-up gives the first one. */
export const roles = ['user', 'admin'] as const

/** Compare roles as whole words, never as a part of a text. */
export type Role = (typeof roles)[number]

interface RoleWords {
  /** As a title: "Admin". */
  name: string
  /** Inside a sentence: "ada is now an admin." */
  withArticle: string
}

/** The words of pages and the audit log for each role. */
export const roleWords: Readonly<Record<Role, RoleWords>> = {
  user: { name: 'User', withArticle: 'a user' },
  admin: { name: 'Admin', withArticle: 'an admin' },
}
