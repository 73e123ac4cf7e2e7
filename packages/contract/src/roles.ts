export const roles = ['user', 'admin'] as const

/** A role is compared as a whole, never as a part of a text. */
export type Role = (typeof roles)[number]
