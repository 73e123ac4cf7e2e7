/** How hard a password is to guess: 0 is the first thing that is tried, 4 is out of reach. */
export type Score = 0 | 1 | 2 | 3 | 4

export interface Strength {
  score: Score
  /** What makes it weak, or what would make it stronger; null where there is nothing to say. */
  reason: string | null
}

/** What the page asks the worker; the answer is a `Strength`. */
export interface StrengthRequest {
  password: string
  /** Words that the user typed about themselves: attackers guess them first. */
  personal: string[]
}
