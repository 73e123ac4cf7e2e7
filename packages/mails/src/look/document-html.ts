import { brand } from '@app/contract/brand'
import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { escapeHtml } from './escape.ts'
import { painted, styleSheet } from './paint.ts'

/** Invisible spaces after the preview, so that mailboxes do not add the first words of the mail to it. */
const previewEnd = '&#8199;&#847; '.repeat(40)

/** Outlook for Windows ignores `max-width`, and replaces fonts that it does not know by Times. */
const outlookHead = '<!--[if mso]><style>* { font-family: Arial, sans-serif !important }</style><![endif]-->'
const outlookColumn = [
  '<!--[if mso]><table role="presentation" width="560" align="center"><tr><td><![endif]-->',
  '<!--[if mso]></td></tr></table><![endif]-->',
] as const

/** Writes the document around the content of a mail. */
export function documentHtml({ subject, preview }: Letter, texts: Texts, content: readonly string[]): string {
  const column = `display:block;max-width:560px;margin:0 auto;font-family:${escapeHtml(brand.systemFonts)}`
  return `<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escapeHtml(subject)}</title>
<style>
${styleSheet}
</style>
${outlookHead}
</head>
<body ${painted('paper', 'margin:0;padding:0')}>
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" hidden>${escapeHtml(preview)}${previewEnd}</div>
<div lang="${texts.language}" dir="${texts.direction}" ${painted('paper', 'padding:24px 12px')}>
${outlookColumn[0]}
<main style="${column}">
${content.join('\n')}
</main>
${outlookColumn[1]}
</div>
</body>
</html>
`
}
