import type * as z from 'zod/mini'
import type { SignupInput } from '../auth.ts'

type Input = z.input<typeof SignupInput>

/**
 * Builds an accepted input of `auth.signup`, with `fields` instead of the defaults. Tests sign up with it, so
 * a new required field is added only here.
 */
export function signupInput<F extends object>(fields: F): Omit<Input, keyof F> & F {
  const defaults: Input = { username: 'ada', password: 'correct horse battery' }
  return { ...defaults, ...fields }
}
