import { escapeHtml } from '../http/escape-html.ts'

/** Renders the Markdown that the document uses: paragraphs, one list of lines, code and strong text. */
export function renderMarkdown(text: string): string {
  return text.split('\n\n').map(renderBlock).join('\n')
}

/** Renders code and strong text in one line. */
export function renderInline(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
}

function renderBlock(block: string): string {
  const lines = block.split('\n')
  if (lines.every((line) => line.startsWith('- '))) {
    return `<ul>${lines.map((line) => `<li>${renderInline(line.slice(2))}</li>`).join('')}</ul>`
  }
  return `<p>${renderInline(block)}</p>`
}
