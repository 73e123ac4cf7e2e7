/** Checks whether the selection contains all the texts, whatever the white space between and in them. */
export function selectionContains(texts: readonly string[]): boolean {
  const selected = withoutSpace(String(getSelection() ?? ''))
  return texts.every((text) => selected.includes(withoutSpace(text)))
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, '')
}
