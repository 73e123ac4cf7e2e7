import { expect, test } from 'vitest'
import { failureMessage, failureText } from './failure-text.ts'

test('a reason that only a newer server knows asks for a reload, and throws nothing', () => {
  // As it comes from the wire: the compiler knows of no such thing.
  const unknown: never = JSON.parse('{"reason":"FROM_A_NEWER_SERVER"}') as never
  const sentence = 'This page and the server do not fit together. Reload the page and try again.'
  expect(failureText(unknown)).toBe(sentence)
  expect(failureMessage(unknown)).toBe(sentence)
})
