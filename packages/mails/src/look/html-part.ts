import { brand } from '@app/contract/brand'
import { product } from '@app/contract/product'
import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'
import { buttonHtml } from './button-html.ts'
import { documentHtml } from './document-html.ts'
import { escapeHtml } from './escape.ts'
import { factsHtml } from './facts-html.ts'
import { painted } from './paint.ts'
import { sentenceHtml } from './sentence-html.ts'

const card = `padding:40px 40px 24px;border:1px solid;border-radius:${brand.radius * 1.5}px`
const productLine = 'margin:0 0 32px;font-size:17px;line-height:32px;font-weight:600'
const tile = `display:inline-block;width:32px;line-height:32px;border-radius:${brand.radius}px;text-align:center`
const heading = 'margin:0 0 16px;font-size:24px;line-height:30px;font-weight:600'
const body = 'margin:0 0 16px;font-size:16px;line-height:24px'
const small = 'margin:0;padding:20px 8px;font-size:13px;line-height:20px'

/** Writes a letter as an HTML document that loads nothing. */
export function htmlPart(letter: Letter, texts: Texts): string {
  const { subject, action, facts = [], closing, footer } = letter
  const paragraphs = (sentences: Letter['body']) =>
    sentences.map((each) => `<p ${painted('ink', body)}>${sentenceHtml(each, texts)}</p>`)
  const button = action === undefined ? [] : [buttonHtml(action, texts)]
  return documentHtml(letter, texts, [
    `<div ${painted('card', card)}>`,
    productHtml(),
    `<h1 ${painted('ink', heading)}>${escapeHtml(subject)}</h1>`,
    ...paragraphs(letter.body),
    ...(action?.look === 'primary' ? button : []),
    ...(facts.length === 0 ? [] : [factsHtml(facts, texts)]),
    ...paragraphs(closing),
    ...(action?.look === 'secondary' ? button : []),
    '</div>',
    `<p ${painted('soft', small)}>${sentenceHtml(footer, texts)}</p>`,
  ])
}

/** Draws the mark as a letter: mail clients show no SVG, and ask before they load a picture. */
function productHtml(): string {
  const [initial = ''] = product.name
  const mark = `<span aria-hidden="true" ${painted('tile', tile)}>${escapeHtml(initial.toUpperCase())}</span>`
  return `<p ${painted('ink', productLine)}>${mark}&nbsp; ${escapeHtml(product.name)}</p>`
}
