import type { Self } from '../account.ts'

/**
 * Builds the output of a user about themselves, with `fields` instead of the defaults. A new field is added
 * only here.
 */
export function selfFixture<F extends object>(fields: F): Omit<Self, keyof F> & F {
  const defaults: Self = {
    id: '0198f0a0-0000-7000-8000-000000000001',
    username: 'ada',
    name: 'Ada',
    email: null,
    emailVerified: false,
    pendingEmail: null,
    role: 'user',
    createdAt: '2026-03-09T07:05:09.000Z',
  }
  return { ...defaults, ...fields }
}
