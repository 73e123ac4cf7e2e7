import { brand } from '@app/contract/brand'
import type { Fact } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { escapeHtml } from './escape.ts'
import { painted } from './paint.ts'
import { partHtml } from './sentence-html.ts'

const box = `margin:24px 0;padding:11px 16px;border-radius:${brand.radius}px`
const table = 'width:100%;table-layout:fixed;border-collapse:collapse;overflow-wrap:anywhere'

/** Writes facts as a table of names and values. Clients center the first column unless it is aligned. */
export function factsHtml(facts: readonly Fact[], { direction }: Texts): string {
  const [align, gap] = direction === 'ltr' ? ['left', '5px 12px 5px 0'] : ['right', '5px 0 5px 12px']
  const cell = `font-size:14px;line-height:20px;vertical-align:top;text-align:${align}`
  const name = painted('soft', `padding:${gap};font-weight:400;${cell}`)
  const value = painted('ink', `padding:5px 0;${cell}`)
  const rows = facts.map(
    (fact) =>
      `<tr><th scope="row" width="34%" ${name}>${escapeHtml(fact.name)}</th><td ${value}>${partHtml(fact.value)}</td></tr>`,
  )
  return `<div ${painted('facts', box)}>
<table width="100%" cellpadding="0" cellspacing="0" style="${table}">
${rows.join('\n')}
</table>
</div>`
}
