import * as z from 'zod/mini'

/**
 * The secret of a link: 32 random bytes in base64url. The text is compared, not the bytes, because base64url
 * has several texts for some of them.
 */
export const OneTimeSecret = z
  .string('The link is not complete.')
  .check(z.regex(/^[\w-]{43}$/, 'The link is not complete. Open it again, or copy all of it.'))
