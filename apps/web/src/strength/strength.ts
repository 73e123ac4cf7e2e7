/** The strength of a password, from 0 (guessed first) to 4 (very hard to guess). */
export type Score = 0 | 1 | 2 | 3 | 4

export type Strength =
  | {
      status: 'rated'
      score: Score
      /** Why the password is weak, or how to make it stronger; null without a hint. */
      reason: string | null
    }
  /** It may be on a word list that has not loaded yet. */
  | { status: 'checking' }
  /** It may be on a word list that failed to load. */
  | { status: 'unknown' }

/** The message to the worker, which replies with a `StrengthAnswer`, and again when more words are loaded. */
export interface StrengthRequest {
  id: number
  password: string
  /** Words about the user from the form: attackers guess them first. */
  personal: string[]
}

export interface StrengthAnswer {
  /** Of the request. */
  id: number
  strength: Strength
}
