import * as z from 'zod/mini'
import { withoutSeparators } from './recovery-code.ts'

const notACode = 'Enter the six digits that your authenticator app shows.'

/**
 * A code of an authenticator app; parses to six ASCII digits. Spaces, dashes and full-width digits are
 * accepted, because apps show codes in groups and input methods write wide digits.
 */
export const OneTimeCode = z.pipe(
  z.string(notACode).check(z.maxLength(64, notACode)),
  z.pipe(z.transform(withoutSeparators), z.string().check(z.regex(/^[0-9]{6}$/, notACode))),
)
