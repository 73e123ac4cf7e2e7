import { expect, test } from 'vitest'
import { failureMessage, failureText } from './failure-text.ts'

test('failure text: an unknown reason asks for a reload and does not throw', () => {
  // Parsed from JSON like a response, because the type excludes unknown reasons.
  const unknown: never = JSON.parse('{"reason":"FROM_A_NEWER_SERVER"}') as never
  const sentence = 'This page is out of date. Reload it and try again.'
  expect(failureText(unknown)).toBe(sentence)
  expect(failureMessage(unknown)).toBe(sentence)
})
