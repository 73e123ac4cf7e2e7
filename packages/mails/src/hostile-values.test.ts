import { describe, expect, test } from 'vitest'
import { renderMail } from './mails.ts'
import type { MailData, MailKind } from './mails.ts'
import { exampleData, exampleValues, mailKinds } from './testing/example-data.ts'

const data = exampleData(exampleValues.usual)
const linkFields = new Set(['link', 'accountUrl'])
/** Words of the product, not of a user. */
const ownFields = new Set(['by', 'from', 'to', 'factor'])

const fields = mailKinds()
  .flatMap((kind) => stringFieldsOf(data[kind]).map((field) => ({ kind, field })))
  .filter(({ field }) => !ownFields.has(field))

describe.each(fields.filter(({ field }) => !linkFields.has(field)))(
  'mail $kind, $field',
  ({ kind, field }) => {
    const usual = renderMail(kind, data[kind])
    const renderWith = (value: string) => renderMail(kind, dataWith(kind, field, value))

    test('is escaped', () => {
      const { html } = renderWith(`"><script>alert(1)</script>&copy;<a href='x'>`)
      expect(html).not.toMatch(/<script|&copy;|href='/)
      expect(tagsOf(html)).toEqual(tagsOf(usual.html))
    })

    test('is on one line, and not in the subject', () => {
      const { subject, text } = renderWith('a\r\nBcc: mallory\u2028Reply-To: mallory\v\0b')
      expect(subject).toBe(usual.subject)
      expect(paragraphsOf(text)).toHaveLength(paragraphsOf(usual.text).length)
      expect(text).not.toMatch(/[\r\v\0\u2028]/)
    })

    test.each(['https://evil.example/login', 'evil.example', 'www.evil.example', 'mallory@evil.example'])(
      'becomes no link: %s',
      (value) => {
        const { text, html } = renderWith(value)
        expect(text + html).not.toMatch(/evil\.example|:\/\/evil|www\.|mallory@/)
      },
    )

    test('cannot change the direction of the text around it', () => {
      const { text, html } = renderWith('שלום\u202e\u2066 txt')
      expect(text).not.toMatch(/[\u202a-\u202e\u2066]/)
      expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      expect(text.replaceAll('\u2068שלום', '')).not.toContain('שלום')
      expect(html.replace(/<bdi\b[^>]*>שלום/g, '')).not.toContain('שלום')
    })

    test('is cut at 254 characters', () => {
      const { text, html } = renderWith('é'.repeat(100_000))
      expect(text).not.toMatch(/é{255}/)
      expect(html).not.toMatch(/é{255}/)
    })
  },
)

describe.each(fields.filter(({ field }) => field === 'userAgent'))('mail $kind, $field', ({ kind }) => {
  test('is never shown as sent', () => {
    const sent = 'Your account is in danger, call 555 0100. '.repeat(8).slice(0, 300)
    const { text, html } = renderMail(kind, dataWith(kind, 'userAgent', sent))
    expect(text + html).not.toContain('danger')
    const known = dataWith(kind, 'userAgent', `${sent} Firefox/145.0 (Linux)`)
    expect(renderMail(kind, known)).toEqual(renderMail(kind, data[kind]))
  })
})

describe.each(fields.filter(({ field }) => linkFields.has(field)))(
  'mail $kind, $field',
  ({ kind, field }) => {
    const usual = renderMail(kind, data[kind])

    test('stays in its attribute and on its line', () => {
      const link = 'https://accounts.example.org/"><b>&x=<i>\r\nBcc: a \''
      const { text, html } = renderMail(kind, dataWith(kind, field, link))
      expect(tagsOf(html)).toEqual(tagsOf(usual.html))
      expect(text.split('\n')).toHaveLength(usual.text.split('\n').length)
    })

    test('is http or https', () => {
      const script = dataWith(kind, field, 'javascript:alert(1)')
      expect(() => renderMail(kind, script)).toThrow('http and https only')
    })
  },
)

function stringFieldsOf(value: object): string[] {
  return Object.entries(value).flatMap(([name, each]: [string, unknown]) => {
    if (typeof each === 'string') return [name]
    return typeof each === 'object' && each !== null ? stringFieldsOf(each) : []
  })
}

function dataWith(kind: MailKind, field: string, value: string): MailData<MailKind> {
  const changed: unknown = JSON.parse(JSON.stringify(data[kind]), (name, each: unknown) =>
    name === field ? value : each,
  )
  // Sound: one string was replaced by another.
  return changed as MailData<MailKind>
}

/** Lines of a paragraph differ, because values have other lengths. */
function paragraphsOf(text: string): string[] {
  return text.split('\n\n')
}

function tagsOf(html: string): string[] {
  return html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"]*"/, 'href')) ?? []
}
