const maxColumns = 78

/** Breaks a paragraph into lines of at most 78 characters (RFC 5322, 2.1.1). A longer word is broken too. */
export function wrap(paragraph: string, indent = ''): string {
  const piece = new RegExp(`.{1,${maxColumns - indent.length}}`, 'gu')
  const lines = ['']
  for (const word of paragraph.split(' ')) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= maxColumns) lines[lines.length - 1] = longer
    else lines.push(...(word.match(piece) ?? []).map((part) => indent + part))
  }
  return lines.filter((line) => line !== '').join('\n')
}
