import type * as z from 'zod/mini'
import type { SignupInput } from '../auth.ts'

type Input = z.input<typeof SignupInput>

/**
 * Builds an input of `auth.signup` that is accepted, with `fields` in place of the defaults. The tests sign
 * up through it, so a field that becomes required is added here and in no test.
 */
export function signupInput<F extends object>(fields: F): Omit<Input, keyof F> & F {
  const defaults: Input = { username: 'ada', password: 'correct horse battery' }
  return { ...defaults, ...fields }
}
