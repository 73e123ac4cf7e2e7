import { expect, test } from 'vitest'
import { en } from '../texts/en.ts'
import type { Texts } from '../texts/texts.ts'
import type { Letter } from './letter.ts'
import { renderLetter } from './render-letter.ts'
import { sentence, words } from './sentence.ts'

const letter: Letter = {
  subject: 'A subject',
  preview: 'A preview',
  body: [sentence`Account ${'ada'} of ${words('us & them')}.`],
  facts: [{ name: 'Address', value: 'ada@example.org' }],
  closing: [],
  footer: sentence`The end.`,
}

test('letter: a language sets direction, alignment, quotation marks and isolation', () => {
  const arabic: Texts = { ...en, language: 'ar', direction: 'rtl', quotes: ['«', '»'] }
  const { html, text } = renderLetter(letter, arabic)
  expect(html).toContain('<html lang="ar" dir="rtl">')
  expect(html).toContain('text-align:right')
  expect(html).toMatch(/Account «<bdi[^>]*>ada<\/bdi>» of us &amp; them\./)
  expect(text).toContain('Account «\u2068ada\u2069» of us & them.')

  const english = renderLetter(letter, en)
  expect(english.html).toContain('<html lang="en" dir="ltr">')
  expect(english.html).toContain('text-align:left')
  expect(english.text).toContain('Account “ada” of us & them.')
})

test('letter: the preview is the first text of the HTML, and invisible', () => {
  const { html } = renderLetter(letter, en)
  const [first = ''] = html.replace(/^.*<\/head>/s, '').match(/<div[^>]*>[^<]+/) ?? []
  expect(first).toMatch(/^<div style="display:none;[^"]*" hidden>A preview/)
})

test('letter: values wrap in the text', () => {
  const value = 'x'.repeat(200)
  const { text } = renderLetter({ ...letter, facts: [{ name: 'Address', value }] }, en)
  const lines = text.split('\n').filter((line) => line.includes('xx'))
  expect(lines.map((line) => line.length)).toEqual([78, 78, 50])
  expect(lines.join('').replaceAll(' ', '')).toBe(value)
})

test('letter: dark mode has a rule for every colour of the body', () => {
  const { html } = renderLetter(
    { ...letter, action: { label: 'Go', url: 'https://a.example', look: 'primary' } },
    en,
  )
  const dark = html.slice(html.indexOf('(prefers-color-scheme: dark)'), html.indexOf('</style>'))
  const body = html.slice(html.indexOf('<body'))
  const coloured = body.match(/<[^>]*(?:color):[^>]*>/g) ?? []
  expect(coloured.length).toBeGreaterThan(8)
  for (const tag of coloured) expect(dark).toContain(`.${/class="(\w+)"/.exec(tag)?.[1] ?? tag} {`)
})

test('letter: times are UTC, and durations have units', () => {
  const midnight = Date.UTC(2026, 0, 1)
  expect(en.time(midnight)).toBe('1 January 2026, 00:00 UTC')
  expect(en.time(midnight - 1)).toBe('31 December 2025, 23:59 UTC')
  const previews = [1, 30, 60, 90, 24 * 60, 48 * 60, 7 * 24 * 60].map(en.recovery.preview)
  expect(previews.map((each) => each.replace('The link is valid for ', ''))).toEqual([
    '1 minute.',
    '30 minutes.',
    '1 hour.',
    '90 minutes.',
    '24 hours.',
    '2 days.',
    '7 days.',
  ])
})
