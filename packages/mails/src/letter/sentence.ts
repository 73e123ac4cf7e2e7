/** Words of ours in a sentence, or a value that a user or an attacker chose. */
export interface Part {
  kind: 'words' | 'value'
  text: string
}

export type Sentence = readonly Part[]

/** Marks text of our own, such as a time, that a sentence shows without quotation marks. */
export function words(text: string): Part {
  return { kind: 'words', text }
}

/**
 * Builds a sentence. A string between its words is a value that a user chose: it is shown in quotation marks,
 * isolated from the direction of the sentence, and never as a link.
 */
export function sentence(own: TemplateStringsArray, ...values: readonly (string | Part)[]): Sentence {
  return own.flatMap((text, index) => {
    const value = values[index]
    if (value === undefined) return [words(text)]
    return [words(text), typeof value === 'string' ? { kind: 'value', text: value } : value]
  })
}
