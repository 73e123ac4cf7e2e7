import { expect, test } from 'vitest'
import { inputFields } from './input-fields.fixture.ts'
import { assertionResponse, registrationResponse } from './passkey-edges.fixture.ts'
import { longTexts } from './testing/long-texts.ts'
import { recordTextWork } from './testing/record-text-work.ts'

/** Twice the longest text that a field accepts and that is normalised, an email address. */
const mostUnits = 2 * 254

/** Reads a text of any length, once. */
const linear = '^[\\w-]+$'
/** What makes a regular expression read more than a fixed number of characters at each position. */
const unbounded = /[+*]|,\}/

/** Objects in inputs, by the end of the name of their field. */
const objects: [field: string, value: unknown][] = [
  ['response', assertionResponse.accepted[0]],
  ['response', registrationResponse.accepted[0]],
]

test.each([...inputFields])('input work of %s: a text that is too long costs its length', (name, of) => {
  const { schema, field } = of
  const values = longTexts.flatMap((text) => [
    text,
    [text],
    ...objects.flatMap(([end, value]) => (field === end ? [withTexts(value, text)] : [])),
  ])
  using work = recordTextWork()
  for (const value of values) schema.safeParse({ [field]: value })
  const costly = work.calls.filter(
    (call) =>
      call.length > mostUnits &&
      call.name !== linear &&
      (call.name === 'normalize' || call.name === 'segment' || unbounded.test(call.name)),
  )
  expect([name, [...new Set(costly.map((call) => call.name))]]).toEqual([name, []])
})

/** Replaces every text in a value. */
function withTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return value.map((each) => withTexts(each, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, text)]))
}
