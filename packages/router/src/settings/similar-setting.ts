/**
 * Finds the setting that a name was probably meant to be: another case or hyphens, or one wrong, missing,
 * additional or swapped letter (two in names of 6 letters and more, so that HOME is not taken for HOST).
 */
export function similarSetting(name: string, settings: readonly string[]): string | undefined {
  // A byte order mark that a program kept is part of the name.
  const wanted = name.toUpperCase().replace(/^\W+/, '').replaceAll('-', '_')
  return settings.find((setting) => {
    const limit = Math.min(wanted.length, setting.length) < 6 ? 1 : 2
    return Math.abs(wanted.length - setting.length) <= limit && distance(wanted, setting) <= limit
  })
}

/** Counts the edits between two words (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? Infinity
}
