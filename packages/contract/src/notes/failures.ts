/** Failures of notes; see `failures` for the rules. */
export const noteFailures = {
  TOO_MANY_NOTES: { status: 409, text: 'You have reached the limit of notes. Delete or shorten some first.' },
  NOTE_CHANGED: { status: 409, text: 'This note was changed somewhere else.' },
} as const
