/** The last values that a field accepts, and the first that it rejects. */
export interface Edge {
  accepted: readonly unknown[]
  rejected: readonly unknown[]
}

/**
 * The edges of a length in code points: a letter counts as one, and so does a character of two UTF-16 units.
 */
export const length = (min: number, max: number): Edge => ({
  accepted: ['x'.repeat(min), 'x'.repeat(max), '\u{1F5DD}'.repeat(max)],
  rejected: [...(min === 0 ? [] : ['x'.repeat(min - 1)]), 'x'.repeat(max + 1), '\u{1F5DD}'.repeat(max + 1)],
})

export const page: Edge = { accepted: [1, 100], rejected: [0, 101, 1.5] }
export const choice: Edge = { accepted: [true, false], rejected: ['yes', 1] }
export const id: Edge = {
  accepted: ['01977e3c-0000-7000-8000-000000000000'],
  rejected: ['', 'x', '01977e3c-0000-4000-8000-000000000000'],
}
/** The secret of a link. */
export const secret: Edge = {
  accepted: ['A'.repeat(43), 'A-_9'.repeat(10) + 'xyz'],
  rejected: [
    '',
    'A'.repeat(42),
    'A'.repeat(44),
    `${'A'.repeat(42)}=`,
    `${'A'.repeat(42)}+`,
    ` ${'A'.repeat(42)}`,
  ],
}
export const cursor: Edge = { accepted: ['x', 'x'.repeat(500)], rejected: ['', 'x'.repeat(501)] }
