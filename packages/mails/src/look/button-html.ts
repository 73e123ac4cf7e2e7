import { brand } from '@app/contract/brand'
import type { Letter } from '../letter/letter.ts'
import { checkedLink } from '../letter/value.ts'
import type { Texts } from '../texts/texts.ts'
import { escapeHtml } from './escape.ts'
import { painted } from './paint.ts'

const shape = `display:inline-block;padding:12px 24px;border:1px solid;border-radius:${brand.radius}px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none;mso-padding-alt:0`

/** Outlook for Windows ignores the padding of links: wide spaces of the same size replace it. */
const outlookSpace = (raise: string) =>
  `<!--[if mso]><i style="mso-font-width:150%${raise}" hidden>&emsp;</i><![endif]-->`

/** Draws a link as a button, and shows it as text below, for clients that show no buttons. */
export function buttonHtml({ label, url, look }: NonNullable<Letter['action']>, texts: Texts): string {
  const link = escapeHtml(checkedLink(url))
  const words = `<span style="mso-text-raise:10pt">${escapeHtml(label)}</span>`
  return `<p style="margin:24px 0 16px"><a href="${link}" ${painted(look, shape)}>${outlookSpace(';mso-text-raise:20pt')}${words}${outlookSpace('')}</a></p>
<p ${painted('soft', 'margin:0 0 16px;font-size:13px;line-height:20px')}>${escapeHtml(texts.linkAsText)}<br><span style="word-break:break-all">${link}</span></p>`
}
