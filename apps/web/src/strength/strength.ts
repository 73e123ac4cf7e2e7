/** The strength of a password, from 0 (guessed first) to 4 (very hard to guess). */
export type Score = 0 | 1 | 2 | 3 | 4

export interface Strength {
  score: Score
  /** Why the password is weak, or how to make it stronger; null without a hint. */
  reason: string | null
}

/** The message to the worker, which replies with a `Strength`. */
export interface StrengthRequest {
  password: string
  /** Words about the user from the form: attackers guess them first. */
  personal: string[]
}
