/** The prefix of the keys of notes among the kept texts of all features. */
export const noteKeyPrefix = 'note:'

/** Part of each key, because history entries with keys outlive the document. */
const documentId = Date.now().toString(36)
let count = 0

export function createNoteKey(): string {
  count += 1
  return `${noteKeyPrefix}${documentId}-${count}`
}
