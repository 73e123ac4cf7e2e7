/** About as much as fits into a body. */
const units = 50_000

const [above, below] = ['\u0307', '\u0323']

/**
 * Makes a letter with so many combining marks, those above before those below it: normalising sorts them, and
 * this order takes longest.
 */
export function manyMarks(marks: number): string {
  return `a${above.repeat(Math.ceil(marks / 2))}${below.repeat(Math.floor(marks / 2))}`
}

/** Texts that are longer than every field allows, each costly for another function. */
export const longTexts: readonly string[] = [
  manyMarks(units),
  (above + below).repeat(units / 2),
  ' '.repeat(units),
  `${' '.repeat(units)}x`,
  'a.'.repeat(units / 2),
  `a@${'a.'.repeat(units / 2)}`,
  '-'.repeat(units),
  '\u{1F468}\u200d'.repeat(units / 3),
  '\ufdfa'.repeat(units),
  'Σ\u00b7'.repeat(units / 2),
  '0'.repeat(units),
]
