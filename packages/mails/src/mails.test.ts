import { product } from '@app/contract/product'
import { describe, expect, test } from 'vitest'
import { escapeHtml } from './look/escape.ts'
import { mails, renderMail } from './mails.ts'
import { exampleData, exampleValues, mailKinds } from './testing/example-data.ts'
import { languages } from './texts/texts.ts'

const data = exampleData(exampleValues.usual)
const kinds = mailKinds()

test('mails: every kind has example data', () => {
  expect(kinds.toSorted()).toEqual(Object.keys(mails).toSorted())
})

describe.each(kinds)('mail %s', (kind) => {
  const { subject, text, html } = renderMail(kind, data[kind])
  const url = linkOf(data[kind])

  test('has the subject as title and as heading', () => {
    // The product's name has up to 40 characters.
    expect(subject.replace(product.name, '').length).toBeLessThan(60)
    expect(subject).not.toContain('!')
    expect(text.replaceAll('\n', ' ').startsWith(`${subject}  `)).toBe(true)
    expect(html).toContain(`<title>${escapeHtml(subject)}</title>`)
    expect(html.match(/<h1/g)).toHaveLength(1)
  })

  test('links once, and shows the link on a line of its own', () => {
    const links = [...html.matchAll(/<a\s[^>]*href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual(url === undefined ? [] : [url])
    expect(text.split('\n').filter((line) => line.includes('://'))).toEqual(url === undefined ? [] : [url])
  })

  test('says in its text what it says in HTML', () => {
    expect(new Set(wordsOf(text))).toEqual(new Set(wordsOf(readable(html))))
  })

  test('has lines of at most 78 characters', () => {
    const long = renderMail(kind, exampleData(exampleValues.long)[kind]).text
    const tooLong = [text, long].flatMap((each) => each.split('\n')).filter((line) => line.length > 78)
    expect(tooLong.filter((line) => !line.startsWith('https://'))).toEqual([])
  })

  test('loads nothing', () => {
    expect(html).not.toMatch(/<(?:img|link|script|iframe|object|embed|form|base|svg)\b|url\(|@import|\ssrc=/i)
  })

  test('names the product', () => {
    expect(text.replaceAll('\n', ' ')).toContain(product.name)
    expect(html).toContain(escapeHtml(product.name))
  })
})

test('mails: the notice of a reset names what still logs in', () => {
  const text = renderMail('password-reset', data['password-reset']).text.replaceAll('\n', ' ')
  expect(text).toContain('Passkeys and linked accounts still log in.')
  expect(text).toContain('remove passkeys and linked accounts that are not yours')
})

function linkOf(each: object): string | undefined {
  if ('link' in each) return String(each.link)
  return 'accountUrl' in each ? String(each.accountUrl) : undefined
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,.:]+/).filter((word) => word !== '')
}

/** Returns the text that an HTML mail shows. */
function readable(html: string): string {
  return html
    .replace(/<head>.*<\/head>|<!--.*?-->|<[^>]+ (?:hidden>|aria-hidden).*?<\/[^>]+>/gs, ' ')
    .replace(/<\/?(?:bdi|strong|span)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ')
    .replace(languages.en.linkAsText, '')
}
