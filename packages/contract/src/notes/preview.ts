import { noteLimits } from './limits.ts'

/** Created at its first use: it takes 2.5 MB. */
let graphemes: Intl.Segmenter | undefined

/**
 * Returns the start of a note's text in one line, for lists: without the title if the text begins with it. At
 * most `noteLimits.preview.max` UTF-16 units of the first `noteLimits.preview.source` code points; no
 * character that users see is cut.
 */
export function notePreview({ title, body }: { title: string; body: string }): string {
  const { max, source } = noteLimits.preview
  const line = inOneLine(firstCodePoints(body, source))
  const first = inOneLine(title)
  const hasTitle = line === first || line.startsWith(`${first} `)
  const text = hasTitle ? line.slice(first.length).trimStart() : line
  if (text.length <= max) return text
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return text.slice(0, graphemes.segment(text).containing(max)?.index).trimEnd()
}

function firstCodePoints(text: string, count: number): string {
  const start = text.slice(0, 2 * count)
  return Array.from(start).slice(0, count).join('')
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
