import { textLimits } from './limits.ts'
import { text } from './text.ts'

/**
 * A new password: 8 to 256 code points, any characters, no composition rules, never trimmed (ASVS 5.0 6.2.1,
 * 6.2.5, 6.2.8, 6.2.9). The server decides whether it is too common (PASSWORD_REJECTED).
 */
export const NewPassword = text('Password', textLimits.password)

/** A password to be compared: the rules for new passwords do not apply. */
export const PresentedPassword = text('Password', { min: 1, max: textLimits.password.max })
