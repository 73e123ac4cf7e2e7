/** Lengths are in Unicode code points. */
export const noteLimits = {
  title: { min: 1, max: 200 },
  body: { max: 20_000 },
  /**
   * The text of a note in a list, in UTF-16 units. It is derived from the first `source` code points, which
   * can begin with the title, and stored.
   */
  preview: { max: 200, source: 800 },
  /** The 5,001st note fails with TOO_MANY_NOTES, as does text beyond NOTES_MB_PER_ACCOUNT. */
  perAccount: 5_000,
  /**
   * A page ends early when its JSON has so many bytes, or when a search has read so many notes or bytes. Its
   * cursor continues from there, so a page may be short, and that of a search empty.
   */
  page: { bytes: 128 * 1024, searchedBytes: 1024 * 1024, searchedNotes: 1_000 },
} as const
